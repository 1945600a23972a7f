"""One sample read: what was found in it, and how much of what is true."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from time import perf_counter
from typing import Any

from evals.formats.samples import Sample
from evals.formats.truth import Names, Says, says, share
from schemas.source import Parsed, Side, Turn
from service.errors import BatonError
from service.intake import sides, turns
from service.intake.read import read

_VENDOR_DOMAINS, _VENDOR_NAMES = ("northwind.example",), ("Northwind Analytics",)
"""Of the workspace in which the invented call took place."""

_WITHOUT_TEXT = frozenset(
    (
        "fireflies-webhook-v1",
        "fireflies-webhook-v2",
        "gong-extensive",
        "gong-webhook",
        "googlemeet-participants",
        "grain-webhook",
        "granola-webhook",
        "meetgeek-webhook",
        "msgraph-calltranscript",
        "recall-webhook",
        "vexa-webhook",
        "zoom-webhook",
    )
)
"""They tell of a call and hold none of its words: refused by design."""

_EMPTY = frozenset(
    (
        "email/eml/mail_attachment_only_email.eml",
        "email/eml/mail_bad_date_header.eml",
        "email/eml/mail_missing_body.eml",
        "transcripts/webvtt_srt/empty.vtt",
        "webhooks/tldv/meeting_ready.json",
    )
)
"""Files without a word of anybody, in a format that otherwise has some."""


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one sample; `truth` is unknown where it is not the invented call."""

    path: str
    family: str
    detected: str | None
    refusal: str | None
    must_be_refused: bool
    turns: int
    speakers: int
    sides_known: int
    truth: float | None
    seconds: float

    @property
    def is_met(self) -> bool:
        """Read as far as its format reaches, or refused where it holds no words."""
        if self.must_be_refused:
            return self.refusal is not None and self.refusal.startswith("NoContent")
        return self.refusal is None and self.truth in (None, 1.0)

    def as_json(self) -> dict[str, object]:
        """For a machine: all of it, and the verdict."""
        return asdict(self) | {"is_met": self.is_met}


def row(sample: Sample, true: Sequence[dict[str, Any]]) -> Row:
    """Read it as an upload is read, up to its turns with sides."""
    refused = sample.format in _WITHOUT_TEXT or sample.path in _EMPTY
    begin = perf_counter()
    try:
        parsed = read(sample.data)
    except BatonError as error:
        refusal = f"{type(error).__name__}: {error.detail}"
        took = perf_counter() - begin
        return Row(sample.path, sample.family, None, refusal, refused, 0, 0, 0, None, took)
    able = says(sample.path, sample.format)
    found = _turns(parsed, able)
    took = perf_counter() - begin
    return Row(
        path=sample.path,
        family=sample.family,
        detected=parsed.format,
        refusal=None,
        must_be_refused=refused,
        turns=len(found),
        speakers=len({one.speaker for one in found} - {None}),
        sides_known=sum(one.side is not Side.UNKNOWN for one in found),
        truth=share(found, true, able) if sample.holds_the_call else None,
        seconds=took,
    )


def _turns(parsed: Parsed, able: Says) -> tuple[Turn, ...]:
    """Where nobody is named, all of it is one breath: then the pieces as they stand in the file."""
    joined = parsed.utterances if able.names is Names.NONE else turns.join(parsed)
    _, found = sides.decide(
        joined,
        stated=(),
        named=parsed.participants,
        vendor_domains=_VENDOR_DOMAINS,
        vendor_names=_VENDOR_NAMES,
        recorded_by=parsed.recorded_by,
    )
    return found
