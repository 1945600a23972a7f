"""How sources, notes, hits and problems read in a terminal of 100 columns.

Everything is `Text`: words of a source are never read as console markup.
"""

from collections.abc import Iterator
from shutil import get_terminal_size
from textwrap import fill

from rich.console import Group
from rich.text import Text

from schemas.claim import FIELDS, WHAT_WAS_PROMISED, Absence
from service.demo.api import Answer
from service.demo.plain import plain
from service.errors import BatonError

COLUMNS = 100
QUOTE_SHOWN = 400
AROUND_SHOWN = 120
SPANS_SHOWN = 3

ABSENCES = {
    Absence.NOT_DISCUSSED: "nobody talked about it",
    Absence.ASKED_NOT_ANSWERED: "it was asked and not answered",
    Absence.SPEAKER_UNKNOWN: "what was said has no known speaker",
    Absence.NOT_READ: "these turns were not read",
}


def heading(words: str) -> Group:
    """A section of the output."""
    return Group(Text(), Text(plain(words), style="bold"), Text("-" * len(words)))


def source(answer: Answer) -> Group:
    """What was read: its kind, its turns, its people, and how the run went."""
    kind = f"{answer['kind']}, format {answer['format']}, {answer['turns']} turns"
    people = [
        f"{_person(one)}: {one['side']} ({one['side_rule']})" for one in answer["participants"]
    ]
    lines = [kind, *people, *_run(answer.get("run")), *_notices(answer)]
    return Group(heading(answer["title"] or "untitled"), *(_indented(line, 2) for line in lines))


def note(answer: Answer) -> Group:
    """Every field with its claims, or with the reason why it has none."""
    return Group(*(_field(answer, field) for field in FIELDS))


def search(answer: Answer) -> Group:
    """The hits of one question with their evidence, best first."""
    found = f"hits: {len(answer['hits'])} · {answer['mode']} · {answer['took_ms']:.0f} ms"
    head = f"{_verdict(answer)} · {found}"
    hits = [_hit(number, hit) for number, hit in enumerate(answer["hits"], 1)]
    notices = [_indented(line, 2) for line in _notices(answer)]
    return Group(heading(answer["q"]), _indented(head, 2), *notices, *hits)


def _verdict(answer: Answer) -> str:
    if not answer["hits"]:
        return "nothing found"
    return "answered: yes" if answer["answered"] else "not surely answered; the nearest is shown"


def problem(error: BatonError) -> Group:
    """What went wrong, where, and how to mend it."""
    lines = [f"{error.title}: {error.detail}"]
    lines += [f"  {one.field}: {one.detail} {one.mend}".rstrip() for one in error.errors]
    if error.mend:
        lines.append(f"What to do: {error.mend}")
    return Group(Text(), *(Text(line) for line in lines))


def _field(note: Answer, field: str) -> Group:
    title = Text(f"\n  {field.replace('_', ' ').upper()}", style="bold")
    if not note[field]:
        return Group(title, _indented(_absence(note["absent"].get(field)), 5))
    claims = (_claim(number, claim) for number, claim in enumerate(note[field], 1))
    return Group(title, *claims)


def _absence(reason: str | None) -> str:
    if reason is None:
        return "nothing"
    return f"nothing: {ABSENCES[Absence(reason)]} ({reason})"


def _claim(number: int, claim: Answer) -> Group:
    lines = [*_quotes(claim), *_statement(claim), *_promise(claim)]
    first, *rest = lines
    return Group(
        Text(f"  {number:>2}  {first}  [{claim['state']}]"),
        *(_indented(line, 6) for line in rest),
    )


def _quotes(claim: Answer) -> Iterator[str]:
    for evidence in claim["evidence"]:
        yield f"{_when(evidence)}  {_who(evidence)}"
        yield f"“{evidence['quote']}”"


def _statement(claim: Answer) -> Iterator[str]:
    """The statement, where it says anything else than its quotes."""
    if claim["statement"] not in _said(claim):
        yield f"in short: {claim['statement']}"


def _said(claim: Answer) -> tuple[str, ...]:
    quotes = [evidence["quote"] for evidence in claim["evidence"]]
    return (*quotes, " … ".join(quotes))


def _promise(claim: Answer) -> Iterator[str]:
    if claim["field"] != WHAT_WAS_PROMISED:
        return
    parts = [f"to {claim['promised_to']}"] if claim.get("promised_to") else []
    parts.append(f"due: {_due(claim.get('due'))}")
    parts += [
        str(claim[key]).replace("_", " ") for key in ("promise_state", "contract") if key in claim
    ]
    yield " · ".join(parts)


def _due(due: Answer | None) -> str:
    if due is None:
        return "no date said"
    if due.get("date") is None:
        return f"“{due['text']}” (no date resolved)"
    return f"“{due['text']}” = {due['date']} ({due['rule']})"


def _hit(number: int, hit: Answer) -> Group:
    what = " · ".join(filter(None, (hit["type"], hit["field"], hit["state"])))
    lines = [_origin(hit["source"])]
    for evidence in hit["evidence"][:SPANS_SHOWN]:
        lines += [f"{_when(evidence)}  {_who(evidence)}", _in_context(evidence)]
    return Group(
        Text(f"\n  {number:>2}  {what.replace('_', ' ')} · score {hit['score']:.3f}"),
        *(_indented(line, 6) for line in lines),
    )


def _origin(source: Answer) -> str:
    return f"from “{source['title'] or 'untitled'}” ({source['kind']}), {_day(source)}"


def _in_context(evidence: Answer) -> str:
    before, after = str(evidence["before"] or ""), str(evidence["after"] or "")
    return "".join(
        (
            f"…{before[-AROUND_SHOWN:]}" if len(before) > AROUND_SHOWN else before,
            f"“{_shortened(evidence['quote'])}”",
            f"{after[:AROUND_SHOWN]}…" if len(after) > AROUND_SHOWN else after,
        )
    )


def _shortened(quote: str) -> str:
    """A window of talk is long; what is cut on the screen is marked, never left out in silence."""
    rest = len(quote) - QUOTE_SHOWN
    return quote if rest <= 0 else f"{quote[:QUOTE_SHOWN]} [… {rest} more characters]"


def _when(evidence: Answer) -> str:
    """The time in the call, or the day of the message."""
    if evidence.get("at_s") is not None:
        minutes, seconds = divmod(int(evidence["at_s"]), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    return str(evidence.get("sent_at") or "time unknown")[:10]


def _day(source: Answer) -> str:
    return str(source.get("occurred_at") or "day unknown")[:10]


def _who(evidence: Answer) -> str:
    return f"{evidence['speaker'] or 'somebody'} ({evidence['side']})"


def _person(participant: Answer) -> str:
    return str(participant.get("name") or participant.get("email") or "somebody")


def _run(run: Answer | None) -> Iterator[str]:
    if run is not None:
        yield (
            f"read by {run['extractor']}: {run['outcome']}, {run['seconds']:.1f} s, "
            f"drafts rejected: {len(run['rejected'])}"
        )


def _notices(answer: Answer) -> Iterator[str]:
    for one in answer.get("notices") or ():
        yield f"notice: {one['detail']} {one.get('mend') or ''}".rstrip()


def _indented(line: str, columns: int) -> Text:
    """Wrapped here and not by the console, which would fill each line up with spaces."""
    margin = " " * columns
    whole = plain(" ".join(line.split()))
    width = min(COLUMNS, get_terminal_size((COLUMNS, 24)).columns)
    return Text(fill(whole, width, initial_indent=margin, subsequent_indent=margin))
