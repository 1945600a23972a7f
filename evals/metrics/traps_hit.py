"""How many of the sentences that only look like items were taken for some."""

from collections.abc import Sequence

from evals.metrics.spans import Span, is_match


def traps_hit(predicted: Sequence[Span], traps: Sequence[Span]) -> int:
    """Traps on which at least one prediction lies, by the rule of matching.

    Source: `traps` in the guideline of the labels; the scorer there counts predictions, this traps.
    """
    return sum(any(is_match(span, trap) for span in predicted) for trap in traps)
