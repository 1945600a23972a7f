"""What `baton rerun` says at its end: what each re-run would change, claim by claim."""

from collections import Counter
from collections.abc import Iterator

import typer
from rich.console import Group, RenderableType
from rich.text import Text

from schemas.note import Claim
from schemas.proposal import Proposal
from service.cli.printing import console, table
from service.cli.reruns import Outcome, Result
from service.demo.plain import plain

MOST_SHOWN = 200


def tell(result: Result) -> None:
    """The counts, each claim that would change, then what went wrong and what to do."""
    console().print(_shown(result))
    for line in _lines(result):
        typer.echo(plain(line))


def _shown(result: Result) -> Group:
    rows = [row for one in result.outcomes if one.proposal for row in _rows(one, one.proposal)]
    more = len(rows) - MOST_SHOWN
    cut = [Text(f"and {more} more: --json lists them all")] if more > 0 else []
    changes: list[RenderableType] = [
        Text(),
        table(("source", "", "field", "statement"), rows[:MOST_SHOWN]),
        *cut,
    ]
    counts = [(name, str(count)) for name, count in _counts(result).items()]
    return Group(table(("claims", ""), counts), *(changes if rows else []))


def _counts(result: Result) -> Counter[str]:
    counts = Counter[str](kept=0, changed=0, gone=0, new=0)
    for one in result.outcomes:
        if one.proposal:
            for name in counts:
                counts[name] += len(getattr(one.proposal, name))
    return counts


def _rows(outcome: Outcome, proposal: Proposal) -> Iterator[tuple[str, str, str, str]]:
    """What is kept as it is stands in the counts alone."""
    kept: dict[str, Claim] = {one.id: one for one in proposal.kept}
    for one in proposal.changed:
        said = f"{one.was.statement}\n→ {one.now.statement}"
        yield outcome.source_id, "changed", kept[one.id].field, said
    for name in ("gone", "new"):
        for claim in getattr(proposal, name):
            yield outcome.source_id, name, claim.field, claim.statement


def _lines(result: Result) -> Iterator[str]:
    for one in result.outcomes:
        if one.error is not None:
            yield f"{one.source_id}: {one.error.detail} {one.error.mend}".rstrip()
        elif one.proposal is not None and one.proposal.notices:
            yield from (f"{one.source_id}: {notice.detail}" for notice in one.proposal.notices)
    if not result.outcomes:
        yield "No such source has a note, or with --open a proposal."
    if result.waiting:
        yield f"{result.waiting} are not read again yet; `baton serve` or `baton worker` does it."
    open_ = [one for one in result.outcomes if one.proposal and one.proposal.state == "open"]
    if open_:
        yield "No note is changed. With --open --accept it becomes so, without reading again."


def as_json_document(result: Result) -> dict[str, object]:
    """Every source with what its re-run proposes, for a program."""
    return {
        **_counts(result),
        "waiting": result.waiting,
        "sources": [_as_json(one) for one in result.outcomes],
    }


def _as_json(outcome: Outcome) -> dict[str, object]:
    if outcome.error is not None:
        said = {"type": outcome.error.type, "detail": outcome.error.detail}
        return {"source_id": outcome.source_id, "error": said}
    proposal = outcome.proposal
    return {
        "source_id": outcome.source_id,
        "proposal": proposal.model_dump(mode="json") if proposal else None,
    }
