"""Say what one sentence does: speech acts as typed features, read from the tables of cues."""

import re
from functools import cache

from service.extract import due
from service.extract.local.act import Act
from service.extract.local.cues import CUES
from service.extract.local.cues_binding import DO

AT_START = frozenset({Act.ACCEPTANCE})
"""Acts whose cue has to open the sentence."""

COLLEAGUE = re.compile(
    r"\b([A-Z][a-z]{1,15})(?: [A-Z][a-z]{1,15})?(?: \([^()\n]{1,20}\))?"
    r"(?: (?:from|in|on|at|of) (?:\w{1,12} ){1,3}?)?,?(?: who)?"
    r"(?: ?will|'ll| is going to| can also) (?:also |then |personally |be the one to )?"
    rf"(?:{DO}|lead|reach out|be (?:in touch|your|there|on)|handle|own|take (?:care|over|you)|"
    r"work with|get (?:back|you|in touch|it|that)|look|present|go through|report|coordinate|"
    r"oversee|manage|sit|spend|stand|stay|finish|sign|approve|drop|talk|speak|answer|do)\b"
)
"""A named person and what a person does: what the product will do is no undertaking of anybody."""
CAPITALISED = (
    "This That It There You They What Which He She We If When Then So And But Today Everything "
    "Nothing Someone Who These Those Here Everyone Data Users Deals Reps Customers"
)
NOT_A_NAME = frozenset(CAPITALISED.split())
ASKING = re.compile(
    r"(?:(?:so|and|okay|ok|but|well|um|uh|alright|right|yeah|gotcha|cool|great),? ){0,3}"
    r"(?:what|why|how|when|where|who|which|do you|does|did|can you|could you|would you|will you|"
    r"are you|is there|is it|have you)\b"
)
FILLER = re.compile(r"\b(?:uh|um|er|erm|hmm),? (?:- )?")
STUTTER = re.compile(r"\b([\w']{1,15}) - (?=\1\b)|\b\w{1,8}- (?:- )?")
"""What was said once more is read once: "i'll - i'll talk to", "i- - i will"."""
TYPOGRAPHY = str.maketrans(
    {
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{NO-BREAK SPACE}": " ",
    }
)
FULL_WORDS = 6
LONG_WORDS = 9
PRONOUN = re.compile(r"(?:(?:and|so|but) )?(?:they|it|that|this|he|she)\b")
CLOSING = "\"')* "


def read(sentence: str) -> frozenset[Act]:
    """Every act whose cues stand in the sentence."""
    folded = fold(sentence)
    found = {act for act in CUES if _finds(act, folded)}
    found |= {act for act, holds in _computed(sentence).items() if holds}
    if Act.REFUSAL in found and _is_conceded(folded):
        found -= {Act.REFUSAL}
    return frozenset(found)


def _is_conceded(folded: str) -> bool:
    """Of "we can't promise it, but we'll try it with you": what counts comes behind the "but"."""
    _, _, behind = folded.partition(" but ")
    return _finds(Act.UNDERTAKING, behind) and not _finds(Act.REFUSAL, behind)


def fold(text: str) -> str:
    """Lower case, plain apostrophes, single spaces, no stutter: how the tables are written."""
    plain = " ".join(text.translate(TYPOGRAPHY).lower().split())
    return STUTTER.sub("", FILLER.sub("", plain))


def is_question(sentence: str) -> bool:
    """By its mark; without any end mark (raw speech) by its first words."""
    ending = sentence.translate(TYPOGRAPHY).rstrip(CLOSING)[-1:]
    return ending == "?" or (ending.isalnum() and bool(ASKING.match(fold(sentence[:80]))))


def _computed(sentence: str) -> dict[Act, bool]:
    return {
        Act.QUESTION: is_question(sentence),
        Act.NAMED_UNDERTAKING: _names_a_colleague(sentence),
        Act.FULL: sentence.count(" ") >= FULL_WORDS,
        Act.LONG: sentence.count(" ") >= LONG_WORDS,
        Act.DANGLING: sentence.count(" ") < FULL_WORDS and bool(PRONOUN.match(fold(sentence[:80]))),
        Act.TIMED: due.words(sentence) is not None,
    }


def _names_a_colleague(sentence: str) -> bool:
    plain = sentence.translate(TYPOGRAPHY)
    return any(match.group(1) not in NOT_A_NAME for match in COLLEAGUE.finditer(plain))


def _finds(act: Act, folded: str) -> bool:
    pattern = _pattern(act)
    found = pattern.match(folded) if act in AT_START else pattern.search(folded)
    return found is not None


@cache
def _pattern(act: Act) -> re.Pattern[str]:
    """One pattern an act: its rows as alternatives, each from a word's start."""
    rows = "|".join(f"(?:{row})" for row in CUES[act])
    return re.compile(rf"(?<![\w'])(?:{rows})")
