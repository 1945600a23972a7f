"""The claims of deals merged: said often is one, a later change replaces, a contradiction shows.

By rule alone, without a model; `docs/merging.md` has the rules. The result depends on the claims,
and not on the order in which they come.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from schemas.claim import ClaimState
from schemas.merged import Memory, Merged, Said
from service.deal.groups import Pair, group
from service.deal.pairs import candidates
from service.deal.reading import Reading, people_in, read
from service.deal.standing import settle
from service.deal.verdicts import Ruling, Verdict, rule

ALIKE: Final = 0.8
"""Cosine from which two sentences are near enough to back shared words."""

Similarity = Mapping[tuple[str, str], float] | None


def merge(
    claims: Sequence[Said],
    *,
    as_of: date | None = None,
    similarity: npt.NDArray[np.float32] | None = None,
) -> Memory:
    """Merge within each deal and field; `similarity` has cosines in the order of `claims`."""
    by_deal: dict[tuple[str, str], list[int]] = defaultdict(list)
    undated: list[str] = []
    for at, said in enumerate(claims):
        if said.claim.state is ClaimState.UNATTRIBUTED:
            continue
        if as_of is not None and said.claim.stated_at is None:
            undated.append(said.claim.id)
        elif as_of is None or _was_said_by(said, as_of):
            by_deal[said.deal, said.claim.field].append(at)
    merged: list[Merged] = []
    for _, places in sorted(by_deal.items()):
        near = None if similarity is None else similarity[np.ix_(places, places)]
        merged.extend(_merge([claims[at] for at in places], near))
    return Memory(claims=tuple(merged), undated=tuple(sorted(undated)))


def _was_said_by(said: Said, day: date) -> bool:
    return said.claim.stated_at is not None and said.claim.stated_at.date() <= day


def _merge(claims: Sequence[Said], similarity: npt.NDArray[np.float32] | None) -> list[Merged]:
    """One field of one deal."""
    people = people_in(claims)
    order = sorted(range(len(claims)), key=lambda at: _order(claims[at]))
    readings = [read(claims[at], people=people) for at in order]
    near = None if similarity is None else similarity[np.ix_(order, order)]
    rulings = _rulings(readings, near)
    return settle(readings, group(readings, rulings), list(rulings.values()))


def _order(said: Said) -> tuple[object, ...]:
    claim = said.claim
    at = claim.stated_at
    spans = sorted((one.source_id, one.turn, one.start) for one in claim.evidence)
    return at is None, at.timestamp() if at else 0.0, spans, claim.id


def _rulings(
    readings: Sequence[Reading], similarity: npt.NDArray[np.float32] | None
) -> dict[Pair, Ruling]:
    found: dict[Pair, Ruling] = {}
    for one, other in candidates(readings):
        if not (readings[one].is_standing and readings[other].is_standing):
            continue
        is_alike = similarity is not None and bool(similarity[one, other] >= ALIKE)
        ruling = rule(readings[one], readings[other], is_alike=is_alike)
        if ruling.verdict is not Verdict.APART:
            found[one, other] = ruling
    return found
