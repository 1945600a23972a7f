"""Two claims of one deal: the same, one changing the other, contradicting, or apart.

In doubt they stay apart: two claims where there is one are read twice; one claim where there are
two hides a promise.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from schemas.merged import Change
from schemas.note import Promise
from service.deal.reading import Reading
from service.deal.words import DEEDS
from service.extract.statement_force import is_direction_kept
from service.extract.tokens import tokens_of

FEW = 2
"""Shared words of the matter, with a shared day or amount beside them."""
ENOUGH = 3
"""Shared words of the matter by themselves, where one is left over."""


class Verdict(Enum):
    """What two claims are to each other."""

    APART = auto()
    SAME = auto()
    CHANGES = auto()
    CONTRADICTS = auto()


@dataclass(frozen=True, slots=True)
class Ruling:
    """The verdict on a pair; the older claim comes first where that is known."""

    older: Reading
    newer: Reading
    verdict: Verdict
    change: Change | None = None
    is_exact: bool = True
    """Of the very same matter, with no word left over."""


class Differ(Enum):
    """How two claims of one matter differ."""

    DENIAL = auto()
    DAY = auto()
    AMOUNT = auto()


def rule(older: Reading, newer: Reading, *, is_alike: bool = False) -> Ruling:
    """Judge a pair; `is_alike`: their vectors are near, which alone makes nothing the same."""
    is_exact = older.matter == newer.matter
    verdict, change = _verdict(older, newer, is_alike=is_alike)
    return Ruling(older, newer, verdict, change, is_exact)


def _verdict(older: Reading, newer: Reading, *, is_alike: bool) -> tuple[Verdict, Change | None]:
    if _are_barred(older, newer):
        return Verdict.APART, None
    differences = tuple(_differences(older, newer))
    if not differences and _is_same_place(older, newer):
        return Verdict.SAME, None
    if not _is_one_matter(older, newer, is_alike=is_alike):
        return Verdict.APART, None
    if differences:
        is_told = older.matter == newer.matter or newer.is_move or newer.is_correction
        return _changed(older, newer, differences) if is_told else (Verdict.APART, None)
    return (Verdict.SAME if _repeats(older, newer) else Verdict.APART), None


def is_before(one: Reading, other: Reading) -> bool:
    """Whether it is known that one was said before the other."""
    if one.at and other.at and one.at != other.at:
        return one.at < other.at
    return one.place[0] == other.place[0] and one.place < other.place


def _are_barred(one: Reading, other: Reading) -> bool:
    """Two people who each speak for themselves, two addressees, or two sets of conditions."""
    if (one.is_personal and other.is_personal) and one.speakers.isdisjoint(other.speakers):
        return True
    if one.conditions != other.conditions or _are_promised_apart(one, other):
        return True
    return bool(one.conditions) and one.days.dates != other.days.dates


def _are_promised_apart(one: Reading, other: Reading) -> bool:
    mine, theirs = one.claim, other.claim
    if not (isinstance(mine, Promise) and isinstance(theirs, Promise)):
        return False
    if not (mine.promised_to and theirs.promised_to):
        return False
    keys = tokens_of(mine.promised_to).keys
    return set(keys).isdisjoint(tokens_of(theirs.promised_to).keys)


def _is_same_place(one: Reading, other: Reading) -> bool:
    """Whether they stand, for the most part, on the same words of the same turn."""
    shared = sum(
        max(0, min(mine.end, theirs.end) - max(mine.start, theirs.start))
        for mine in one.claim.evidence
        for theirs in other.claim.evidence
        if (mine.source_id, mine.turn) == (theirs.source_id, theirs.turn)
    )
    return shared > 0 and 2 * shared >= max(_length(one), _length(other))


def _length(one: Reading) -> int:
    return sum(span.end - span.start for span in one.claim.evidence)


def _is_one_matter(older: Reading, newer: Reading, *, is_alike: bool) -> bool:
    """The same words, or all those of one among those of the other and a sign beside it."""
    common, extra = older.matter & newer.matter, older.matter ^ newer.matter
    if not common or (older.matter - common and newer.matter - common):
        return False
    if not extra:
        return True
    if extra & (older.names | newer.names):
        return False
    if newer.is_move and extra <= DEEDS:
        return True
    if len(common) >= ENOUGH and len(extra) == 1:
        return True
    is_backed = is_alike or newer.is_move or _share_a_figure(older, newer)
    return is_backed and len(common) >= FEW and len(extra) <= len(common)


def _share_a_figure(one: Reading, other: Reading) -> bool:
    if one.days.dates & (other.days.dates | other.days.old):
        return True
    return any(
        values & other.amounts.get(kind, frozenset()) for kind, values in one.amounts.items()
    )


def _differences(older: Reading, newer: Reading) -> Iterator[Differ]:
    if older.is_denied != newer.is_denied:
        yield Differ.DENIAL
    if older.days.dates and newer.days.dates and older.days.dates != newer.days.dates:
        yield Differ.DAY
    shared = older.amounts.keys() & newer.amounts.keys()
    if any(older.amounts[kind] != newer.amounts[kind] for kind in shared):
        yield Differ.AMOUNT


def _repeats(older: Reading, newer: Reading) -> bool:
    """Without a difference that decides: is there one that leaves it open?"""
    if older.is_weak != newer.is_weak or _is_overdue(older, newer):
        return False
    loose, others = older.days.loose, newer.days.loose
    if loose != others and (loose or older.days.dates) and (others or newer.days.dates):
        return False
    mine, theirs = older.amounts.keys(), newer.amounts.keys()
    if not (mine <= theirs or theirs <= mine):
        return False
    shared = older.bounds.keys() & newer.bounds.keys()
    if any(older.bounds[key] != newer.bounds[key] for key in shared):
        return False
    return _is_one_direction(older, newer) and _is_one_direction(newer, older)


def _is_one_direction(one: Reading, other: Reading) -> bool:
    return one.directions == other.directions or is_direction_kept(one.signs, other.signs)


def _is_overdue(older: Reading, newer: Reading) -> bool:
    """What was due when the other was said: that one is the next of its kind."""
    dates = older.days.dates
    if not dates or newer.day is None or dates <= newer.days.dates:
        return False
    return max(dates) < newer.day


def _changed(
    older: Reading, newer: Reading, differences: tuple[Differ, ...]
) -> tuple[Verdict, Change | None]:
    """The last word holds where it says that it changes something, or the same person said both."""
    is_marked = newer.is_move or newer.is_correction
    if newer.is_weak or (not is_marked and (older.is_weak or _is_overdue(older, newer))):
        return Verdict.APART, None
    is_own = not older.speakers.isdisjoint(newer.speakers)
    if is_before(older, newer) and (is_marked or is_own):
        return Verdict.CHANGES, _change(newer, differences)
    return Verdict.CONTRADICTS, None


def _change(newer: Reading, differences: tuple[Differ, ...]) -> Change:
    if newer.is_correction:
        return Change.CORRECTED
    if Differ.DENIAL in differences:
        return Change.WITHDRAWN if newer.is_denied else Change.RESTORED
    return Change.MOVED if Differ.DAY in differences else Change.AMOUNT
