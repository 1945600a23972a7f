"""From a record to figures: each score of a split, made of counts that are told with it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from evals.metrics.absence_accuracy import absence_accuracy
from evals.metrics.bootstrap import Interval, interval
from evals.metrics.calibration import Judged
from evals.metrics.cost_usd import cost_usd
from evals.metrics.f1 import f1
from evals.metrics.faithful_share import faithful_share
from evals.metrics.matching import Matched, Verdict, match
from evals.metrics.rejections import rejections
from evals.metrics.side_errors import side_errors
from evals.metrics.tally import Tally, tally_of, total
from evals.metrics.traps_hit import traps_hit
from evals.metrics.words_per_s import words_per_s
from evals.suite.parts import UNTOUCHED
from evals.suite.record import Found, Read, Run
from schemas.claim import CUSTOMER_FIELDS, FIELDS
from schemas.source import Side

RIGHT = frozenset({Verdict.RIGHT})
COUNTED = frozenset({Verdict.RIGHT, Verdict.WRONG, Verdict.TRAPPED})


class FieldScore(NamedTuple):
    """One field over some documents."""

    tally: Tally
    interval: Interval
    """Of F1, over documents drawn again."""


class Scores(NamedTuple):
    """Some documents of one run, mostly a split."""

    documents: int
    fields: dict[str, FieldScore]
    traps: tuple[int, int]
    """Those that were hit, of those that are there."""
    side_errors: int
    claims: int
    faithful: float | None
    absence: float | None
    rejections: dict[str, int]
    requests: int
    tokens: tuple[int, int]
    usd: float | None
    words_per_s: float | None


def of_field(read: Read, field: str) -> tuple[Found, ...]:
    """What was claimed for one field, in the order of the note."""
    return tuple(one for one in read.found if one.field == field)


def matched(read: Read, field: str) -> Matched:
    """The verdict on each of them, and what they missed."""
    spans = [one.span for one in of_field(read, field)]
    return match(spans, read.items[field], read.traps.get(field, ()))


def judged(reads: Iterable[Read], field: str) -> tuple[list[Judged], int]:
    """Confidence and rightness of each claim that counts, and how many items there are."""
    pairs, items = [], 0
    for read in reads:
        if field not in read.items:
            continue
        for one, verdict in zip(of_field(read, field), matched(read, field).verdicts, strict=True):
            if verdict in COUNTED:
                pairs.append((one.confidence, verdict in RIGHT))
        items += sum(not item.is_borderline for item in read.items[field])
    return pairs, items


def by_split(run: Run) -> dict[str, tuple[Read, ...]]:
    """The documents of a run, split by split, in their order."""
    splits = dict.fromkeys(read.split for read in run.documents)
    return {name: tuple(one for one in run.documents if one.split == name) for name in splits}


def by_sight(run: Run) -> dict[str, tuple[Read, ...]]:
    """Documents that the rules were developed on, and those that nobody has looked at."""
    seen = tuple(read for read in run.documents if read.split != UNTOUCHED)
    unseen = tuple(read for read in run.documents if read.split == UNTOUCHED)
    return {name: reads for name, reads in (("developed on", seen), ("untouched", unseen)) if reads}


def by_kind(reads: Iterable[Read]) -> dict[str, tuple[Read, ...]]:
    """The same by what the documents are like."""
    chosen = tuple(reads)
    kinds = sorted({read.kind for read in chosen})
    return {kind: tuple(one for one in chosen if one.kind == kind) for kind in kinds}


class Counts(NamedTuple):
    """What a score of a split is made of, without its interval."""

    fields: dict[str, Tally]
    traps_hit: int
    side_errors: int


def counts(reads: Sequence[Read]) -> Counts:
    """Of some documents, mostly a split."""
    return Counts(
        fields={field: total(tallies(reads, field)) for field in fields_of(reads)},
        traps_hit=_traps(reads)[0],
        side_errors=_side_errors(reads),
    )


def tallies(reads: Iterable[Read], field: str) -> list[Tally]:
    """One for each document in which the field is labelled."""
    return [tally_of(matched(read, field)) for read in reads if field in read.items]


def field_score(reads: Iterable[Read], field: str) -> FieldScore:
    """All documents in one, and how far that would move with others."""
    each = tallies(reads, field)
    return FieldScore(total(each), interval(each, f1))


def fields_of(reads: Sequence[Read]) -> tuple[str, ...]:
    """The fields that are labelled in them."""
    return tuple(field for field in FIELDS if any(field in read.items for read in reads))


def scores(reads: Sequence[Read]) -> Scores:
    """Everything that is measured of these documents."""
    claims = [one for read in reads for one in read.found]
    cpu_s = sum(read.cost.cpu_s for read in reads)
    words = sum(len(said.text.split()) for read in reads for said in read.turns)
    return Scores(
        documents=len(reads),
        fields={field: field_score(reads, field) for field in fields_of(reads)},
        traps=_traps(reads),
        side_errors=_side_errors(reads),
        claims=len(claims),
        faithful=faithful_share(len(claims), sum(one.is_replaced for one in claims)),
        absence=_absence(reads),
        rejections=rejections(one.reason for read in reads for one in read.refused),
        requests=sum(read.cost.requests for read in reads),
        tokens=(
            sum(read.cost.tokens_in for read in reads),
            sum(read.cost.tokens_out for read in reads),
        ),
        usd=cost_usd(read.cost.usd for read in reads),
        words_per_s=words_per_s(words, cpu_s),
    )


def _traps(reads: Iterable[Read]) -> tuple[int, int]:
    placed = [(read, field, traps) for read in reads for field, traps in read.traps.items()]
    hit = sum(
        traps_hit([one.span for one in of_field(read, field)], traps)
        for read, field, traps in placed
    )
    return hit, sum(len(traps) for *_, traps in placed)


def _side_errors(reads: Iterable[Read]) -> int:
    return sum(side_errors(_sides(read), read.foreign) for read in reads)


def _sides(read: Read) -> Iterator[tuple[tuple[int, int], bool]]:
    sides = {said.turn: said.side for said in read.turns}
    for one in read.found:
        other = Side.VENDOR if one.field in CUSTOMER_FIELDS else Side.CUSTOMER
        yield one.span, sides[one.turn] is not other


def _absence(reads: Iterable[Read]) -> float | None:
    """Only where an absence is labelled, which the open split never says."""
    labelled: dict[tuple[str, str], str] = {}
    answered: dict[tuple[str, str], str] = {}
    for read in reads:
        labelled |= {(read.name, field): why for field, why in read.absent.items()}
        answered |= {(read.name, field): why for field, why in read.absences.items()}
    return absence_accuracy(labelled, answered)


def undertakings(run: Run) -> Tally:
    """Yes or no for each sentence of real meetings."""
    pairs = [(one.is_found, one.is_undertaking) for one in run.sentences]
    return Tally(
        right=sum(found and meant for found, meant in pairs),
        wrong=sum(found and not meant for found, meant in pairs),
        missed=sum(meant and not found for found, meant in pairs),
    )
