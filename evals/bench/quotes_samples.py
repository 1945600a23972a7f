"""True quotes in ten scripts, drawn by script from talk of our own (`quotes_texts.toml`)."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from schemas.claim import SUCCESS_IN_THEIR_WORDS, WHAT_WAS_PROMISED, Draft
from schemas.source import Side, Turn

TEXTS = Path(__file__).with_name("quotes_texts.toml")
SENTENCE = re.compile(r"[^.!?。।！？\n]{1,400}(?:[.,]\d[^.!?。।！？\n]{0,400}){0,9}[.!?。।！？]?")  # noqa: RUF001 (marks of other scripts)
WORDS = re.compile(r"\S{0,9}\d\S{0,9}(?: %)?|\S{1,99}")
LETTERS = re.compile(r"\d[\d.,]{0,9}%?|.[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]{0,3}")
"""A number is never cut in two."""
UNSPACED = frozenset({"thai", "chinese", "japanese"})
LEAST = 3
"""Words of a quote; in a script without spaces, letters are counted, twice as many."""


class Sample(NamedTuple):
    """One true quote: the talk, the turn in which it stands, and how its words may be bent."""

    script: str
    turns: tuple[Turn, ...]
    turn: int
    quote: str
    swaps: tuple[tuple[str, str, str], ...]
    foreign: str
    """What somebody says in another talk."""

    def draft(self, quote: str, *, turn: int | None = None, field: str | None = None) -> Draft:
        """What a model would hand in."""
        number = self.turn if turn is None else turn
        own = WHAT_WAS_PROMISED if self.side(number) is Side.VENDOR else SUCCESS_IN_THEIR_WORDS
        return Draft(field=field or own, turn=number, quote=quote, statement="")

    def side(self, turn: int) -> Side:
        """Whose words a turn holds."""
        return self.turns[turn % len(self.turns)].side


def samples(*, runs: int, seed: int) -> list[Sample]:
    """Every sentence, and `runs` stretches of each that denies nothing."""
    texts: dict[str, Any] = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    rng = Random(seed)  # noqa: S311 (repeatable on purpose, nothing secret)
    names = list(texts)
    following = dict(zip(names, [*names[1:], names[0]], strict=True))
    return [
        sample
        for script in names
        for sample in _of_script(script, texts[script], texts[following[script]], runs, rng)
    ]


def _of_script(
    script: str, text: dict[str, Any], other: dict[str, Any], runs: int, rng: Random
) -> Iterator[Sample]:
    turns = tuple(_turn(at, words) for at, words in enumerate(text["turns"]))
    denials = [old for kind, old, _ in text["swaps"] if kind == "not removed"]
    foreign = _sentences(other["turns"][0])[0]
    for turn in turns:
        for sentence in _sentences(turn.text):
            swaps = tuple(tuple(swap) for swap in text["swaps"] if swap[1] in sentence)
            yield Sample(script, turns, turn.turn, sentence, swaps, foreign)
            if any(denial in sentence for denial in (*denials, *text["denials"])):
                continue
            for _ in range(runs):
                stretch = _stretch(sentence, script, rng)
                yield Sample(script, turns, turn.turn, stretch, (), foreign)


def _turn(at: int, text: str) -> Turn:
    side = Side.CUSTOMER if at % 2 else Side.VENDOR
    return Turn(turn=at, speaker=side.title(), side=side, side_rule="invented", text=text)


def _sentences(text: str) -> list[str]:
    return [found.strip() for found in SENTENCE.findall(text) if len(found.strip()) > LEAST]


def _stretch(sentence: str, script: str, rng: Random) -> str:
    """Some neighbouring words of a sentence, or letters where no space parts words."""
    joint = "" if script in UNSPACED else " "
    parts = (LETTERS if script in UNSPACED else WORDS).findall(sentence)
    least = min(len(parts), LEAST * 4 if script in UNSPACED else LEAST + 1)
    size = rng.randint(least, len(parts))
    first = rng.randint(0, len(parts) - size)
    return joint.join(parts[first : first + size]).strip()
