"""`baton`: the command line. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not set up."""

import logging
import sys
from importlib.metadata import version
from typing import Annotated

import pydantic
import typer

from service.cli.group import LazyGroup
from service.errors import BatonError, Invalid, NotSetUp

FAILED, WRONG_USAGE, NOT_SET_UP = 1, 2, 3

SUMMARIES = {
    "demo": "Upload a call and a mail, print what they say, ask three questions.",
    "serve": "Serve the API; prints its address once it listens.",
    "worker": "Work off the jobs of every workspace until told to stop.",
    "ingest": "Take in files and folders, without a server.",
    "estimate": "Tell what reading files with a model would cost; sends nothing.",
    "rerun": "Read sources once more, and show what that would change.",
    "search": "Find the sentence: who said it, when, to whom.",
    "erase": "Erase a source, or a customer with all that belongs to it, and prove it.",
    "keys": "Keys of a workspace: make, list, end and replace them.",
    "hooks": "Hooks of a workspace: make, list and end them.",
    "eval": "Measure how much of what was said is found, and compare runs.",
    "migrate": "Bring the database to the schema of this version.",
    "doctor": "Look whether everything that Baton needs is there and well.",
}
"""The first line of each command's own help; a test holds the two together."""

app = typer.Typer(
    name="baton",
    cls=LazyGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Why they bought, what was promised, success in their words: carried over every handoff.",
    epilog="Settings come from the environment and .env: docs/settings.md.",
)


def _print_version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(f"baton {version('baton')}")
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True),
]


@app.callback()
def baton(*, wants_version: Version = False) -> None:
    """Each command says itself what it does."""
    del wants_version


def _listed() -> None:
    """Stands in the list of commands; `LazyGroup` runs the real one."""


for _name, _summary in SUMMARIES.items():
    app.command(_name, help=_summary)(_listed)


def main() -> None:
    """The command line of this package."""
    run(app, "baton")


def run(commands: typer.Typer, name: str) -> None:
    """Run a command; what a person can mend is one line, never a stack trace."""
    try:
        commands(prog_name=name)
    except pydantic.ValidationError as error:
        if error.title != "Settings":
            raise
        _end(_first_wrong(error), NOT_SET_UP)
    except NotSetUp as error:
        _end(str(error), NOT_SET_UP)
    except BatonError as error:
        code = WRONG_USAGE if isinstance(error, Invalid) else FAILED
        _end(f"{error.detail} {error.mend}".strip(), code)


def _first_wrong(error: pydantic.ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    name = "_".join(map(str, first["loc"])).upper()
    said = first["msg"].removeprefix("Value error, ")
    return f"BATON_{name}: {said}. docs/settings.md explains each setting."


def _end(line: str, code: int) -> None:
    logging.shutdown()
    sys.stderr.write(f"baton: {line}\n")
    raise SystemExit(code)


if __name__ == "__main__":
    main()
