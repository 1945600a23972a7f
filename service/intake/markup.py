"""Tags, voices and entities of cue text."""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

_TAG = re.compile(
    r"</?(?:v|c|i|b|u|s|lang|ruby|rt|font)(?:[.\s][^<>]{0,300})?/?>|<[0-9:.,]{3,20}>",
    re.IGNORECASE,
)
_MARKS = frozenset("<&{")
_STYLE = re.compile(r"\{\\[^{}\n]{0,60}\}")
_VOICE = re.compile(
    r"<v(?:\.[^\s<>]{0,100})?(?:[ \t]{1,5}(?P<name>[^<>\n]{0,300}))?>|</v>", re.IGNORECASE
)


class Voice(NamedTuple):
    """What one voice says in a cue; None where the cue names nobody."""

    name: str | None
    text: str


def voices(text: str) -> Iterator[Voice]:
    """The voices of a cue in their order: `<v Name>` up to the next voice or its end."""
    if "<" not in text:
        yield Voice(None, text)
        return
    name, start = None, 0
    for tag in _VOICE.finditer(text):
        yield Voice(name, text[start : tag.start()])
        name, start = plain(tag["name"] or "") or None, tag.end()
    yield Voice(name, text[start:])


def plain(text: str) -> str:
    """Without tags, with entities read; unknown tags are words and stay."""
    if _MARKS.isdisjoint(text):
        return text.strip()
    return html.unescape(_STYLE.sub("", _TAG.sub("", text))).strip()
