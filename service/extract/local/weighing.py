"""How likely a sentence is an item of a field: a linear model over its acts and its context.

The rules know wordings; the weights know which acts go together in talks that the rules have not
been made for. `weights.json` says by which command they were made, and from what.
"""

import json
from collections.abc import Iterator
from functools import cache
from math import exp
from pathlib import Path

from service.extract.local.act import Act
from service.extract.local.fields import Context, Proposal

WEIGHTS = Path(__file__).with_name("weights.json")
RULE = "rule:"


def features(acts: frozenset[Act], context: Context, rule: Proposal | None) -> Iterator[str]:
    """What holds of a sentence, by name: the model's yes-or-no inputs."""
    yield from sorted(acts)
    yield from (f"asked:{field}" for field in sorted(context.asked))
    yield from (name for name, holds in _surroundings(context).items() if holds)
    if rule:
        yield f"{RULE}{rule.field}"
        yield f"{RULE}{rule.field}:{rule.rule}"


def _surroundings(context: Context) -> dict[str, bool]:
    return {
        "early": context.is_early,
        "closing": context.is_closing,
        "taken_up": context.is_taken_up,
        "next_step": context.is_next_step,
        "after_sale": context.is_after_sale,
        "service_call": context.is_service_call,
    }


def likelihood(field: str, found: frozenset[str]) -> float:
    """Of a field's weights: the logistic function of their sum."""
    weights = _weights()[field]
    return 1 / (1 + exp(-weights[""] - sum(weights.get(name, 0.0) for name in found)))


@cache
def _weights() -> dict[str, dict[str, float]]:
    """By field and feature; the empty name is the field's constant."""
    weights: dict[str, dict[str, float]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))[
        "weights"
    ]
    return weights
