"""How much of the invented call a reading reaches, of what its format is able to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from schemas.source import Side, Turn

_TENTH_S = 0.1
_TENTH = timedelta(seconds=_TENTH_S)
_SECOND_S = 1.0


class Times(StrEnum):
    """What a format says of a turn's time."""

    EXACT = "start and end"
    STARTS = "start"
    SECONDS = "start, in whole seconds"
    MOMENT = "when it was said; when the call began stands elsewhere"
    NONE = "nothing"


class Names(StrEnum):
    """What a format says of who speaks."""

    NAMES = "the name"
    LABELS = "a label for each"
    NONE = "nothing"


@dataclass(frozen=True)
class Says:
    """What a format is able to say, and so must be read from it."""

    times: Times = Times.EXACT
    names: Names = Names.NAMES
    sides: bool = False
    asides: frozenset[str] = frozenset()
    """What was said in this file, and is no turn of the truth."""


_LABELLED = Says(names=Names.LABELS)
_SAYS = {
    "aircall-transcription": Says(names=Names.NONE, sides=True),
    "assemblyai": _LABELLED,
    "avoma": Says(times=Times.STARTS, sides=True),
    "aws-transcribe": _LABELLED,
    "azure-speech": _LABELLED,
    "chorus-conversation": Says(times=Times.STARTS, sides=True),
    "circleback-webhook": Says(times=Times.STARTS, sides=True),
    "dialpad-transcript": Says(times=Times.MOMENT),
    "fathom-webhook": Says(times=Times.SECONDS, sides=True),
    "fireflies-graphql": Says(sides=True),
    "gong-joined": Says(sides=True),
    "gong-transcript": _LABELLED,
    "google-stt": _LABELLED,
    "googlemeet-doc-text": Says(times=Times.NONE, asides=frozenset(("Um,",))),
    "googlemeet-entries": Says(Times.MOMENT, Names.LABELS),
    "googlemeet-joined": _LABELLED,
    "grain": Says(sides=True),
    "granola-note": Says(names=Names.LABELS),
    "hubspot-transcript": Says(sides=True),
    "openai-diarized-json": _LABELLED,
    "otter-txt": Says(times=Times.SECONDS),
    "otter-webhook": Says(times=Times.SECONDS, sides=True),
    "plain-text-transcript": Says(times=Times.SECONDS),
    "readai-webhook": Says(sides=True),
    "recall-transcript": Says(sides=True),
    "rev-ai": _LABELLED,
    "teams-docx": Says(times=Times.SECONDS),
    "tldv-webhook": Says(times=Times.SECONDS),
    "webex-snippets": Says(sides=True),
    "whisper-verbose-json": Says(names=Names.NONE),
    "whisperx": _LABELLED,
}
"""Every other format says names, and times from start to end."""

_OF_FILES = {
    "transcripts/text/agent_customer.txt": Says(Times.NONE, Names.LABELS, sides=True),
    "transcripts/text/colon.txt": Says(times=Times.NONE),
    "transcripts/text/name_two_spaces_time.txt": Says(Times.SECONDS, Names.LABELS),
}
"""Files that say another thing than their format does elsewhere."""


def says(path: str, format_name: str) -> Says:
    """What the sample has to say."""
    return _OF_FILES.get(path) or _SAYS.get(format_name) or Says()


def share(found: Sequence[Turn], true: Sequence[dict[str, Any]], says: Says) -> float:
    """Of the true turns, those found in their order with everything that is said of them."""
    found = [turn for turn in found if turn.text not in says.asides]
    labels = _labels(found, true)
    pairs = zip(found, true, strict=False)
    reached = sum(_is_reached(turn, one, says, labels) for turn, one in pairs)
    return reached / max(len(true), len(found))


def _labels(found: Sequence[Turn], true: Sequence[dict[str, Any]]) -> dict[str, set[str | None]]:
    """Under which labels each person of the truth speaks."""
    labels: dict[str, set[str | None]] = {}
    for turn, one in zip(found, true, strict=False):
        labels.setdefault(one["speaker"], set()).add(turn.speaker)
    return labels


def _is_reached(
    turn: Turn, one: dict[str, Any], says: Says, labels: dict[str, set[str | None]]
) -> bool:
    return (
        turn.text == one["text"]
        and _is_voice(turn, one, says, labels)
        and _is_timed(turn, one, says)
        and _is_side(turn, one, says)
    )


def _is_voice(
    turn: Turn, one: dict[str, Any], says: Says, labels: dict[str, set[str | None]]
) -> bool:
    """By name; a label stands for one person all through; where nothing is said, nobody."""
    if says.names is Names.NAMES:
        return bool(turn.speaker == one["speaker"])
    if says.names is Names.LABELS:
        return turn.speaker is not None and len(labels[one["speaker"]]) == 1
    return bool(turn.speaker != one["speaker"])


def _is_timed(turn: Turn, one: dict[str, Any], says: Says) -> bool:
    if says.times is Times.NONE:
        return True
    if says.times is Times.MOMENT:
        said = turn.sent_at
        return said is not None and bool(abs(said - one["moment"]) <= _TENTH)
    if turn.start_s is None:
        return False
    if says.times is Times.SECONDS:
        return bool(abs(turn.start_s - one["start"]) < _SECOND_S)
    starts = abs(turn.start_s - one["start"]) <= _TENTH_S
    if says.times is Times.STARTS:
        return bool(starts)
    return bool(starts and turn.end_s is not None and abs(turn.end_s - one["end"]) <= _TENTH_S)


def _is_side(turn: Turn, one: dict[str, Any], says: Says) -> bool:
    """A wrong side is never right; an unknown one is, where the format leaves it open."""
    return bool(turn.side == one["role"]) or (turn.side is Side.UNKNOWN and not says.sides)
