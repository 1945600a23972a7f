"""Recall and precision of redaction, by kind."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from evals.redaction.texts import MAKERS, Text
from service.extract.redact_find import Secret, find_secrets

LEAST_RECALL: Final = 0.99
LEAST_PRECISION: Final = 0.95


@dataclass(frozen=True, slots=True)
class Row:
    """One kind: how many there are, how many are wholly covered, how many finds are right."""

    kind: Secret
    there: int
    covered: int
    found: int
    right: int

    @property
    def recall(self) -> float | None:
        """Nothing there: no figure."""
        return self.covered / self.there if self.there else None

    @property
    def precision(self) -> float | None:
        """Nothing found: no figure."""
        return self.right / self.found if self.found else None

    @property
    def is_met(self) -> bool:
        """Whether both are good enough; a kind without a figure is not."""
        if self.recall is None or self.precision is None:
            return False
        return self.recall >= LEAST_RECALL and self.precision >= LEAST_PRECISION


def rows(texts: Iterable[Text]) -> tuple[Row, ...]:
    """A row for each kind. Covered: every character, whatever the label; right: of that kind."""
    there, covered = Counter[Secret](), Counter[Secret]()
    found, right = Counter[Secret](), Counter[Secret]()
    for text in texts:
        places = find_secrets(text.text)
        hidden = {at for place in places for at in range(place.start, place.end)}
        for kind, start, end in text.places:
            there[kind] += 1
            covered[kind] += hidden.issuperset(range(start, end))
        for place in places:
            found[place.kind] += 1
            right[place.kind] += (place.kind, place.start, place.end) in text.places
    return tuple(Row(kind, there[kind], covered[kind], found[kind], right[kind]) for kind in MAKERS)
