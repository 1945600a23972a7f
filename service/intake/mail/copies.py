"""Which words of a quote stand in the thread already, however a client wrapped or marked them."""

import re
from collections.abc import Iterable
from dataclasses import replace

from schemas.source import QUESTION, Utterance

MOSTLY = 0.5
"""Share of its words from which on a quote is a copy of what is known."""
LEAST_WORDS = 5
"""Words in a copied quote, unknown elsewhere, under which they say too little to be kept."""
_SURE_LINE = 3
"""Words of a line that nobody writes twice by chance."""
_BUDGET = 50_000_000
"""Characters looked through for one file; beyond it, quotes are kept as new."""
_LINK = re.compile(r"<[^<>\n]{1,300}>|\[cid:[^\]\n]{1,200}\]")
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"
)


class Known:
    """The words of a thread so far, in their order."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._words = " | ".join(_words(_own(text)) for text in texts)
        self._budget = _BUDGET

    def add(self, text: str) -> None:
        """From now on these words are known too."""
        self._words = f"{self._words} | {_words(_own(text))}"

    def share(self, text: str) -> float:
        """How much of a text is known, from 0 to 1."""
        total, unknown = _count(text), _count(self.unknown(text))
        return 1 - unknown / total if total else 1.0

    def unknown(self, text: str) -> str:
        """The paragraphs that stand nowhere; of a paragraph in part, the lines."""
        kept = [part for each in text.split("\n\n") if (part := self._of_paragraph(each))]
        return "\n\n".join(kept)

    def _of_paragraph(self, text: str) -> str:
        if self._has(text):
            return ""
        lines = text.split("\n")
        return "\n".join(
            line for line in lines if _count(line) < _SURE_LINE or not self._has(line)
        ).strip("\n")

    def _has(self, text: str) -> bool:
        words = _words(text)
        self._budget -= len(self._words)
        return not words.strip() or (self._budget > 0 and words in self._words)


def _own(text: str) -> str:
    """Without the questions that stand above inline answers: they are their author's words."""
    return "\n".join(line for line in text.split("\n") if not line.startswith(QUESTION))


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(_LINK.sub(' ', text.casefold())))} "


def _count(text: str) -> int:
    return len(_words(text).split())


def without_copies(
    utterances: Iterable[Utterance], *, said: Iterable[str] = ()
) -> tuple[Utterance, ...]:
    """Messages as they are; of what they quote only what is said nowhere else.

    Words inside the quote of a known message that are not in that message are nobody's: whoever
    quoted it may have written them, and so may the author of another message.
    """
    messages = tuple(utterances)
    known = Known([*said, *(one.text for one in messages if not one.is_quoted)])
    kept = ((one if not one.is_quoted else _new_of(one, known)) for one in messages)
    return tuple(one for one in kept if one is not None)


def _new_of(quote: Utterance, known: Known) -> Utterance | None:
    text = known.unknown(quote.text)
    if not _count(text):
        return None
    is_copy = _count(text) <= (1 - MOSTLY) * _count(quote.text)
    if is_copy and _count(text) < LEAST_WORDS:
        return None
    known.add(text)
    found = replace(quote, text=text)
    return replace(found, speaker=None, email=None, sent_at=None) if is_copy else found


def is_copy(quote: Utterance, *, of: Utterance) -> bool:
    """Whether a quote that was kept turns out to be a copy of a message that came later."""
    is_other = quote.email is not None and of.email is not None and quote.email != of.email
    return not is_other and Known([of.text]).share(quote.text) >= MOSTLY
