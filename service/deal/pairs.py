"""Which pairs of claims are worth a ruling: those of one field whose matter may be one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from service.deal.reading import Reading

Matrix = npt.NDArray[np.float32]


def candidates(readings: Sequence[Reading]) -> Iterator[tuple[int, int]]:
    """Pairs by position: the words of one among those of the other, or in one turn."""
    found = _by_words(readings) | _in_one_turn(readings)
    return iter(sorted(found))


def _by_words(readings: Sequence[Reading]) -> set[tuple[int, int]]:
    incidence = _incidence(readings)
    common = incidence @ incidence.T
    sizes = incidence.sum(axis=1)
    is_inside = (common == sizes[:, None]) | (common == sizes[None, :])
    rows, columns = np.nonzero(np.triu(is_inside & (common > 0), k=1))
    return set(zip(rows.tolist(), columns.tolist(), strict=True))


def _incidence(readings: Sequence[Reading]) -> Matrix:
    """A row for each claim, a column for each word of any matter."""
    words: Mapping[str, int] = {
        word: at for at, word in enumerate(sorted({w for one in readings for w in one.matter}))
    }
    matrix: Matrix = np.zeros((len(readings), len(words)), dtype=np.float32)
    for at, one in enumerate(readings):
        matrix[at, [words[word] for word in one.matter]] = 1
    return matrix


def _in_one_turn(readings: Sequence[Reading]) -> set[tuple[int, int]]:
    by_turn: dict[tuple[str, int], list[int]] = defaultdict(list)
    for at, one in enumerate(readings):
        for turn in sorted({(span.source_id, span.turn) for span in one.claim.evidence}):
            by_turn[turn].append(at)
    return {
        (one, other)
        for members in by_turn.values()
        for place, one in enumerate(members)
        for other in members[place + 1 :]
    }
