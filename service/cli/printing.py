"""What goes to the terminal: never as console markup, never with a control character."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from service.actions.leaving import lines, what_leaves
from service.demo.plain import plain
from service.llm.prices import price_of
from service.llm.provider import provider_of
from service.settings import Settings

NO_PRICE = (
    "The price of BATON_LLM_MODEL is not known: what is asked of it counts as 0 USD"
    " (BATON_LLM_PRICE_IN, BATON_LLM_PRICE_OUT)."
)
_PIPED_COLUMNS = 200
"""A table that goes into a file or a pipe is not cut to the width of no terminal."""


def console(*, stderr: bool = False) -> Console:
    """Words of a source, of a file name or of a label are never read as markup."""
    made = Console(stderr=stderr, markup=False, emoji=False, highlight=False)
    if not made.is_terminal:
        made.width = _PIPED_COLUMNS
    return made


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """Columns of plain text; long cells are folded, none is cut off."""
    made = Table(*head, box=None, header_style="bold", pad_edge=False)
    for column in made.columns:
        column.overflow = "fold"
    for row in rows:
        made.add_row(*(Text(plain(cell)) for cell in row))
    return made


def say_what_leaves(settings: Settings) -> None:
    """At the start of what reads sources or takes them."""
    for line in lines(what_leaves(settings)):
        typer.echo(plain(line))
    if settings.extractor == "openai" and price_of(settings, provider_of(settings).model) is None:
        typer.echo(NO_PRICE)


def print_json(found: object) -> None:
    """One line; letters beyond ASCII are escaped, so that any terminal can write it."""
    typer.echo(json.dumps(found))


def minute(time: datetime | None, *, otherwise: str) -> str:
    """A time as people read it, in UTC."""
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M}" if time else otherwise


def wrong_usage(error: ValidationError) -> typer.BadParameter:
    """The first value that is wrong, with its option: exit code 2."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    name = str(first["loc"][0]).replace("_", "-") if first["loc"] else "value"
    return typer.BadParameter(f"{name}: {first['msg'].removeprefix('Value error, ')}")
