"""Commands whose modules are imported when they run: `baton --help` need not wait for a server."""

import importlib

import typer
from typer._click import Context
from typer.core import TyperCommand, TyperGroup


class LazyGroup(TyperGroup):
    """Lists commands by name and summary alone, and loads the one that is asked for."""

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, TyperCommand | TyperGroup | None, list[str]]:
        """The real command instead of the one that only stands in the list."""
        name, listed, rest = super().resolve_command(ctx, args)
        return name, load_command(name) if name and listed else None, rest


def load_command(name: str) -> TyperCommand | TyperGroup:
    """`service.cli.NAME` has an app of several commands, or one function of the same name."""
    module = importlib.import_module(f"service.cli.{name}")
    app = getattr(module, "app", None)
    if app is None:
        app = typer.Typer(add_completion=False)
        app.command(name)(getattr(module, name))
    found = typer.main.get_command(app)
    if not isinstance(found, TyperCommand | TyperGroup):
        raise TypeError(f"{name} is no command")
    return found
