"""Turns as a model is shown them: who speaks once at the top, then a line a turn.

A line of a turn that is not its first is indented, so that no text can pass for another turn.
"""

from collections.abc import Sequence
from typing import Final

from schemas.source import Side, Turn

LETTER: Final = {Side.CUSTOMER: "C", Side.VENDOR: "V", Side.UNKNOWN: "U"}
SIDE_NAME: Final = {Side.CUSTOMER: "customer", Side.VENDOR: "vendor", Side.UNKNOWN: "side unknown"}
LONGEST_NAME: Final = 100
"""Characters of a speaker's name that are shown."""
INDENT: Final = "\n  "
LINE_TOKENS: Final = 6
"""What number, speaker and line end cost beside the text of a turn."""

Voice = tuple[str | None, Side]


def numbered(turns: Sequence[Turn]) -> str:
    """The speakers with their sides, then every turn with its stored number."""
    codes = _codes(turns)
    speakers = [f"{code} = {_name(voice)}" for voice, code in codes.items()]
    lines = [f"{turn.turn} {codes[turn.speaker, turn.side]}: {_body(turn)}" for turn in turns]
    return "\n".join([*speakers, "", *lines])


def _codes(turns: Sequence[Turn]) -> dict[Voice, str]:
    codes: dict[Voice, str] = {}
    for turn in turns:
        voice = (turn.speaker, turn.side)
        if voice not in codes:
            same_side = sum(side is turn.side for _, side in codes)
            codes[voice] = f"{LETTER[turn.side]}{same_side + 1}"
    return codes


def _name(voice: Voice) -> str:
    speaker, side = voice
    name = " ".join((speaker or "").split())[:LONGEST_NAME]
    return f"{name or 'not named'} ({SIDE_NAME[side]})"


def _body(turn: Turn) -> str:
    return INDENT.join(turn.text.splitlines())
