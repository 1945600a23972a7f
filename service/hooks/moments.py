"""When a call was signed, and whether that is near enough to now."""

from datetime import UTC, datetime
from typing import Final

WINDOW_S: Final = 300.0
"""Seconds that the clocks of two machines, and a slow network, may lie apart: either way."""
_DIGITS: Final = 16


def seconds(text: str, *, unit: float = 1.0) -> float | None:
    """A count of seconds, or of a part of one, since 1970; None where it is none."""
    plain = text.strip()
    if not (plain.isascii() and plain.isdigit() and len(plain) <= _DIGITS):
        return None
    return int(plain) * unit


def is_fresh(signed_at: float | None, now: datetime) -> bool:
    """Within the window on both sides."""
    return signed_at is not None and abs(now.astimezone(UTC).timestamp() - signed_at) <= WINDOW_S
