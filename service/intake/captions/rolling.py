"""Captions that roll or grow repeat what was shown before: each word is kept once."""

from service.intake import markup
from service.intake.captions.cues import Cue

_SHARE = 0.3
_SURE = 3
_MOST_LINES = 4
"""Lines on the screen at a time; a longer repeat is no caption that rolls."""


def without_repeats(cues: list[Cue]) -> list[Cue]:
    """The cues without the lines of the one before, if so many repeat some that it is a habit."""
    shown = [list(filter(None, cue.lines)) for cue in cues]
    pairs = list(zip([[], *shown], shown, strict=False))
    least = max(_SURE, _SHARE * len(cues))
    if sum(len(new) > 1 or _grows(old, new) for old, new in pairs) < least:
        return cues
    fresh = [_fresh(old, new) for old, new in pairs]
    habit = sum(
        (len(new) > 1 and kept != new) or _grows(old, new)
        for (old, new), kept in zip(pairs, fresh, strict=True)
    )
    if habit < least:
        return cues
    return [cue._replace(lines=tuple(kept)) for cue, kept in zip(cues, fresh, strict=True)]


def _fresh(old: list[str], new: list[str]) -> list[str]:
    """What the new lines say that the old ones did not; tags are how a line looks, not what."""
    if not old or not new:
        return new
    before, now = _words(old), _words(new)
    for count in range(min(len(before), len(now), _MOST_LINES), 0, -1):
        if before[-count:] == now[:count]:
            return new[count:]
    return [new[-1][len(old[-1]) :].strip()] if _grows(old, new) else new


def _words(lines: list[str]) -> list[str]:
    return [markup.plain(line) for line in lines]


def _grows(old: list[str], new: list[str]) -> bool:
    """One line that goes on: `we start`, then `we start with the plan`."""
    return len(old) == len(new) == 1 and new[0].startswith(old[0] + " ")
