"""Whether a predicted span is a labelled one."""

from typing import Final

Span = tuple[int, int]

LEAST: Final = 15
"""Characters that a prediction has to share with a label."""
OF_SHORTER: Final = 0.5
OF_LONGER: Final = 0.25


def is_match(predicted: Span, label: Span) -> bool:
    """Inside the label and LEAST long, or half of the shorter and a quarter of the longer shared.

    Source: the matching rule that is published with the labels (`score_calls.py`).
    """
    shared = min(predicted[1], label[1]) - max(predicted[0], label[0])
    own, theirs = predicted[1] - predicted[0], label[1] - label[0]
    if shared < min(LEAST, theirs):
        return False
    is_inside = shared == own
    return is_inside or (
        shared >= OF_SHORTER * min(own, theirs) and shared >= OF_LONGER * max(own, theirs)
    )
