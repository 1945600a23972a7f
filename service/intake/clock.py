"""Times as transcripts write them: `0:05`, `00:00:12`, `0:0:5.320`, `-00:00:01,5`."""

import re

TIME = r"(?:[0-9]{1,4}[:\u2236\uff1a])?[0-9]{1,3}[:\u2236\uff1a][0-9]{1,2}(?:[.,][0-9]{1,9})?"
"""A pattern for one time, without a group, to build lines from."""

_TIME = re.compile(rf"(?P<sign>[-\u2212]?)(?P<clock>{TIME})")
_COLONS = str.maketrans({"\u2236": ":", "\uff1a": ":", ",": "."})


def seconds(text: str) -> float | None:
    """Seconds from the start of the call, or None where this is no time."""
    found = _TIME.fullmatch(text.strip()[:40])
    if not found:
        return None
    total = 0.0
    for part in found["clock"].translate(_COLONS).split(":"):
        total = total * 60 + float(part)
    return round(-total if found["sign"] else total, 3)
