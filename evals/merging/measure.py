"""Precision and recall of merging, superseding and contradictions, over pairs of claims."""

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from evals.merging.cases import Case, Pairs, Steps
from evals.metrics.tally import Tally, total
from schemas.merged import Merged
from service.deal.merging import merge

SAME, REPLACED, CONTESTED = "the same claim", "replaced", "contested"


@dataclass(frozen=True)
class Outcome:
    """What came out of one case, beside what is right."""

    case: Case
    same: Pairs
    replaced: Steps
    contested: Pairs

    @property
    def tallies(self) -> dict[str, Tally]:
        """Counts by kind."""
        return {
            SAME: _tally(self.same, self.case.same),
            REPLACED: _tally(self.replaced, self.case.replaced),
            CONTESTED: _tally(self.contested, self.case.contested),
        }

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong and nothing missed."""
        return not any(one.wrong or one.missed for one in self.tallies.values())


def outcome(case: Case) -> Outcome:
    """Merge a case, and take its pairs."""
    merged = merge(case.said).claims
    said = {one.id: [claim.id for claim in one.said] for one in merged}
    return Outcome(
        case,
        same=frozenset(p for one in said.values() for p in itertools.combinations(sorted(one), 2)),
        replaced=frozenset(step for one in merged for step in _steps(one, said)),
        contested=frozenset(
            (min(pair), max(pair))
            for one in merged
            for other in one.contradicts
            for pair in itertools.product(said[one.id], said[other])
        ),
    )


def _steps(one: Merged, said: dict[str, list[str]]) -> Collection[tuple[str, str, str]]:
    if one.replaced_by is None:
        return ()
    pairs = itertools.product(said[one.id], said[one.replaced_by.claim])
    return [(old, new, one.replaced_by.change.value) for old, new in pairs]


def _tally(found: Collection[object], true: Collection[object]) -> Tally:
    right = len(set(found) & set(true))
    return Tally(right=right, wrong=len(found) - right, missed=len(true) - right)


def totals(outcomes: Sequence[Outcome]) -> dict[str, Tally]:
    """Over all cases at once."""
    return {
        kind: total(one.tallies[kind] for one in outcomes) for kind in (SAME, REPLACED, CONTESTED)
    }
