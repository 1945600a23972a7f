"""The cues of a Teams metadata file: JSON that says who speaks, what, and at what o'clock."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from service.errors import Malformed
from service.intake import strict_json
from service.intake.captions.cues import Cue
from service.intake.strict_json import Json

_KEY = '"spokenText"'


class Spoken(NamedTuple):
    """What one such cue says."""

    speaker: str | None
    text: str
    started_at: datetime | None


def spoken(text: str) -> Spoken | None:
    """None where the cue is ordinary text."""
    if not text.startswith("{") or _KEY not in text:
        return None
    try:
        value = strict_json.loads(text)
    except Malformed:
        return None  # then it is what it looks like: text with braces
    words = value.get("spokenText") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(words, str):
        return None
    name = value.get("speakerName")
    speaker = name.strip() if isinstance(name, str) else ""
    return Spoken(speaker or None, words.strip(), _moment(value.get("startDateTime")))


def began_at(cues: Iterable[Cue]) -> datetime | None:
    """When the call began: the o'clock of the first such cue less its time in the call."""
    for cue in cues:
        found = spoken("".join(cue.lines).strip())
        if found and found.started_at:
            return found.started_at - timedelta(seconds=cue.start_s)
    return None


def _moment(value: Json) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo else None
