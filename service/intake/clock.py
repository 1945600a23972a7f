"""Times as transcripts write them: `0:05`, `00:00:12`, `0:0:5.320`, `-00:00:01,5`."""

import re

TIME = r"(?:[0-9]{1,4}[:\u2236\uff1a])?[0-9]{1,3}[:\u2236\uff1a][0-9]{1,2}(?:[.,][0-9]{1,9})?"
"""A pattern for one time, without a group, to build lines from."""

_COLON = "[:\u2236\uff1a]"
_TIME = re.compile(
    r"(?P<sign>[-\u2212]?)"
    rf"(?:([0-9]{{1,4}}){_COLON})?([0-9]{{1,3}}){_COLON}([0-9]{{1,2}})(?:[.,]([0-9]{{1,9}}))?"
)
_LONGEST = 40


def seconds(text: str) -> float | None:
    """Seconds from the start of the call, or None where this is no time."""
    found = _TIME.fullmatch(text.strip()[:_LONGEST])
    if not found:
        return None
    sign, hours, minutes, whole, decimals = found.groups()
    total = float((int(hours or 0) * 60 + int(minutes)) * 60 + int(whole))
    if decimals:
        total = round(total + int(decimals) / 10 ** len(decimals), 3)
    return -total if sign else total
