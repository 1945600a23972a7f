"""Claims on words that the side of their field did not say."""

from collections.abc import Iterable, Sequence

from evals.metrics.spans import Span, is_match


def side_errors(claimed: Iterable[tuple[Span, bool]], foreign: Sequence[Span]) -> int:
    """Claims on a turn of the other side, or on words that the transcript gave to the wrong one.

    `claimed` has the span of each claim, and whether its turn is known to be the right side's;
    `foreign` are words whose speaker is named wrongly. Source: guarantee 2 of the design (the right
    side said it).
    """
    return sum(
        not is_right_side or any(is_match(span, words) for words in foreign)
        for span, is_right_side in claimed
    )
