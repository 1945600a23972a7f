"""What the gate refused, by reason."""

from collections import Counter
from collections.abc import Iterable


def rejections(reasons: Iterable[str]) -> dict[str, int]:
    """How often each reason was given, the most frequent first."""
    return dict(sorted(Counter(reasons).items(), key=lambda pair: (-pair[1], pair[0])))
