"""Fit one logistic regression a field; predict each talk by weights that never saw it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from evals.training.sentences import Example
from schemas.claim import (
    CUSTOMER_COMMITMENTS,
    SUCCESS_IN_THEIR_WORDS,
    WHAT_WAS_PROMISED,
    WHY_THEY_BOUGHT,
)
from schemas.source import Side

SIDE_OF = {
    WHY_THEY_BOUGHT: Side.CUSTOMER,
    SUCCESS_IN_THEIR_WORDS: Side.CUSTOMER,
    CUSTOMER_COMMITMENTS: Side.CUSTOMER,
    WHAT_WAS_PROMISED: Side.VENDOR,
}
STRENGTH = 0.3
"""Inverse of the penalty on large weights (L2): a few hundred sentences, a hundred features."""
SMALLEST = 0.005
"""Weights under it are left out."""

Weights = dict[str, float]


class Judged(NamedTuple):
    """A sentence that some talk holds: how likely it was called, and whether it is an item."""

    document: str
    likelihood: float
    is_item: bool


def fit(examples: Sequence[Example], field: str) -> Weights:
    """The field's weights by feature; the empty name is the constant."""
    used = _usable(examples, field)
    names = sorted({name for each in used for name in each.features})
    model = _model().fit(_matrix(used, names), [field in each.fields for each in used])
    found = dict(zip(names, model.coef_[0], strict=True))
    kept = {name: round(float(w), 3) for name, w in found.items() if abs(w) >= SMALLEST}
    return {"": round(float(model.intercept_[0]), 3), **kept}


def cross_validated(examples: Sequence[Example], field: str) -> list[Judged]:
    """Each talk judged by weights made from all the others."""
    used = _usable(examples, field)
    names = sorted({name for each in used for name in each.features})
    matrix, items = _matrix(used, names), np.array([field in each.fields for each in used])
    talks = np.array([each.document for each in used])
    judged = []
    for talk in sorted(set(talks.tolist())):
        own = talks == talk
        chances = _model().fit(matrix[~own], items[~own]).predict_proba(matrix[own])[:, 1]
        judged += [
            Judged(talk, float(p), bool(is_item))
            for p, is_item in zip(chances, items[own], strict=True)
        ]
    return judged


def _usable(examples: Sequence[Example], field: str) -> list[Example]:
    side = SIDE_OF[field]
    return [each for each in examples if each.side is side and field not in each.either_way]


def _matrix(examples: Sequence[Example], names: Sequence[str]) -> Any:  # noqa: ANN401 (numpy)
    return np.array([[name in each.features for name in names] for each in examples], dtype=float)


def _model() -> Any:  # noqa: ANN401 (scikit-learn has no types)
    from sklearn.linear_model import (  # type: ignore[import-untyped] # it has no types  # noqa: PLC0415 (only training needs it)
        LogisticRegression,
    )

    return LogisticRegression(C=STRENGTH, max_iter=1_000)
