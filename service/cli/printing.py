"""What goes to the terminal: never as console markup, never with a control character."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from service.demo.plain import plain

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
