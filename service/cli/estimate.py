"""`baton estimate`: what reading files with a model would cost, before anything is sent."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from schemas.source import Kind
from service import parsing
from service.actions.estimating import Estimated, estimate_reading
from service.actions.files import File, Upload, VendorNames, read_file
from service.actions.model_extraction import Terms
from service.cli.files import find_files
from service.cli.found import Found
from service.cli.options import AsJson
from service.cli.printing import console, print_json, table
from service.errors import BatonError
from service.llm.fault import Usage
from service.llm.prices import Price, load_prices, price_of
from service.settings import Settings
from service.wiring import terms_of

HEAD = ("file", "turns", "calls", "tokens in", "tokens out at most", "USD at most")
NOTHING = Estimated(0, Usage())

Paths = Annotated[
    list[Path],
    typer.Argument(exists=True, metavar="PATH", help="Files, and folders with all in them."),
]
Model = Annotated[
    str | None, typer.Option(metavar="NAME", help="Whose price; left out: BATON_LLM_MODEL.")
]
OfKind = Annotated[Kind | None, typer.Option(help="What they all are; left out: detected.")]


@dataclass(frozen=True)
class Line:
    """One file: what reading it takes, or why it cannot be read."""

    path: str
    turns: int = 0
    estimated: Estimated = NOTHING
    reason: str = ""

    def cells(self, price: Price | None) -> tuple[str, ...]:
        """As a row of the table."""
        usage = self.estimated.usage
        numbers = (self.turns, self.estimated.calls, usage.tokens_in, usage.tokens_out)
        usd = f"{price.cost(usage):.4f}" if price else "not known"
        return (self.path, *(f"{number:,}" for number in numbers), usd)

    def as_json(self, price: Price | None) -> dict[str, object]:
        """What there is to say of it, beside its path."""
        if self.reason:
            return {"reason": self.reason}
        usage = self.estimated.usage
        return {
            "turns": self.turns,
            "calls": self.estimated.calls,
            "tokens_in": usage.tokens_in,
            "tokens_out": usage.tokens_out,
            "cost_usd": price.cost(usage) if price else None,
        }


def estimate(
    paths: Paths, *, model: Model = None, kind: OfKind = None, as_json: AsJson = False
) -> None:
    """Tell what reading files with a model would cost; sends nothing.

    Needs no database, no key and no network. Tokens are guessed high, and of the replies their
    whole caps are counted. Exit code 1 where a file could not be read.

    Example: baton estimate calls/ thread.eml --model gpt-5-mini
    """
    settings = Settings()
    name = model or settings.llm_model
    price = price_of(settings, name) if name else None
    with _reader():
        lines = list(_lines(find_files(paths), Upload(b"", kind=kind), settings))
    _print(lines, name, price, as_json=as_json)
    raise typer.Exit(1 if any(line.reason for line in lines) else 0)


@contextmanager
def _reader() -> Iterator[None]:
    parsing.warm_up()
    try:
        yield
    finally:
        parsing.stop()


def _lines(files: Iterable[Found], said: Upload, settings: Settings) -> Iterator[Line]:
    """In the order in which `baton ingest` takes them; what it skips is left out."""
    vendor = VendorNames(domains=settings.vendor_domains, names=settings.vendor_names)
    for found in files:
        if found.unreadable:
            yield Line(str(found.path), reason=found.unreadable)
        elif not found.skipped:
            yield _line(found, said, vendor, terms=terms_of(settings))


def _line(found: Found, said: Upload, vendor: VendorNames, *, terms: Terms) -> Line:
    path = str(found.path)
    try:
        read = read_file(File(found.read()), said, vendor)
    except OSError as error:
        return Line(path, reason=error.strerror or str(error))
    except BatonError as error:
        return Line(path, reason=error.detail)
    names = [person.name for person in read.participants if person.name]
    return Line(path, len(read.turns), estimate_reading(read.turns, terms, names=names))


def _print(lines: Sequence[Line], model: str | None, price: Price | None, *, as_json: bool) -> None:
    good = [line for line in lines if not line.reason]
    total = _total(good)
    if as_json:
        files = [{"path": line.path, **line.as_json(price)} for line in lines]
        print_json({"model": model, "files": files, "total": total.as_json(price)})
        return
    screen = console()
    screen.print(table(HEAD, [line.cells(price) for line in (*good, total)]))
    if len(good) < len(lines):
        refused = [(line.path, line.reason) for line in lines if line.reason]
        screen.print("", table(("not read", "why"), refused), sep="\n")
    screen.print("", _about(model, price), sep="\n", soft_wrap=True)


def _total(lines: Sequence[Line]) -> Line:
    calls = sum(line.estimated.calls for line in lines)
    usage = sum((line.estimated.usage for line in lines), Usage())
    return Line("total", sum(line.turns for line in lines), Estimated(calls, usage))


def _about(model: str | None, price: Price | None) -> str:
    if model is None:
        return "No model is set: --model NAME or BATON_LLM_MODEL gives a price."
    if price is None:
        return f"{model} is not in the table: set BATON_LLM_PRICE_IN and BATON_LLM_PRICE_OUT."
    return (
        f"{model}: {price.usd_in:g} USD for a million tokens in, {price.usd_out:g} out (prices of "
        f"{load_prices().as_of}, where the settings say nothing). One more request comes on top "
        "where a reply cannot be read."
    )
