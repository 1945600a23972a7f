"""Which words before a colon are a speaker, and which are `Note:` or the half of a sentence."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

LABEL_LIMIT = 60
_NAME_WORDS = 6
_SURE = 3
"""Times after which a label of a labelled file is a speaker however it is written."""

_WHOLE_FILE = 6
_TIMES_EACH = 2
"""A file where each entry has a label, each some twice: whatever they look like, they are names."""

_COLON = re.compile(r"([^:\uff1a]{1,60}?)[ \t]{0,3}(?::(?=\s|$)|\uff1a)")
_NOT_IN_LABELS = frozenset('?!;"\u201c\u201d\u2026=<>{}*#\u2022')
_SENTENCE_END = re.compile(r"[^\W\d_]{4,60}\.(?:\s|$)")
_PARTICLE_WORDS = """
a af al and at bin da de del della den der di do dos du e el en et from ibn la le of the ten ter und
van vom von y zu zum zur
"""
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_NOT_SPEAKER_WORDS = """
account|action|action item|action items|actions|address|agenda|also|amount|and|answer|attachments
attendees|author|background|bcc|but|call date|call id|call notes|call time|call type|cc|company
conclusion|contact|context|copy|currency|date|deadline|deal|deal size|decision|decisions
description|details|duration|e-mail|email|end time|example|examples|fact|fax|file|first|format
from|fyi|http|https|id|important|industry|info|key points|key takeaways|language|length|link
links|location|meaning|meeting|meeting date|meeting header|meeting id|meeting notes
meeting title|message|n.b|nb|next|next step|next steps|no|note|notes|objective|okay|ok|or
outcome|outcomes|overview|p.s|participants|phone|place|platform|present|price|priority|ps|purpose
question|questions|re|reason|recap|recording|reference|reminder|reply-to|result|results|right
name|scope|scene|second|sent|so|source|stage|start time|status|step|subject|subtotal|summary
takeaways|tel|term|terms|then|third|tip|time|title|to|todo|to do|topic|topics|total|transcript
type|update
updates|url|version|warning|website|well|yes|zoom|absender|an|anhang|betreff|datum|dauer
gesendet|hinweis|notiz|teilnehmer|thema|von|zeit
"""
_NOT_SPEAKERS = frozenset(_NOT_SPEAKER_WORDS.strip().replace("\n", "|").split("|"))
"""Headings of forms, mails and minutes, and openings of sentences: never a speaker."""


class Labelled(NamedTuple):
    """A line with a label in front."""

    label: str
    text: str


def split(line: str) -> Labelled | None:
    """`Name: text` at the first colon before a space, where what stands before may be a speaker."""
    found = _COLON.match(line) if line else None
    if not found:
        return None
    label = found[1].strip()
    return Labelled(label, line[found.end() :].strip()) if may_speak(label) else None


@lru_cache(maxsize=4096)
def may_speak(label: str) -> bool:
    """Short, with a letter or a phone number in it, and no part of a sentence."""
    return (
        0 < len(label) <= LABEL_LIMIT
        and not _NOT_IN_LABELS.intersection(label)
        and label[0] not in "-[(/\\.,'"
        and any(char.isalnum() for char in label)
        and label.casefold() not in _NOT_SPEAKERS
        and not _SENTENCE_END.search(label)
    )


def reads_as_name(label: str) -> bool:
    """`Dana van Dyk`, `Z. Zhou (Acme)`, `dana_o`, not `The thing is`."""
    words = label.split()
    if len(words) == 1:
        return True
    return (
        len(words) <= _NAME_WORDS and all(map(_is_name_word, words)) and _starts_as_name(words[0])
    )


def _is_name_word(word: str) -> bool:
    bare = word.lstrip("([|/@+&-")
    return not bare or not bare[0].islower() or word[0] == "(" or bare.rstrip(".,)") in _PARTICLES


def _starts_as_name(word: str) -> bool:
    return word.casefold() not in {"i", "it", "the", "a", "we", "my", "this", "that", "one"}


def speakers(labels: Iterable[str | None]) -> frozenset[str]:
    """The labels of a file that are speakers: they recur, or nearly every entry has one."""
    seen = list(labels)
    counts = Counter(label for label in seen if label is not None)
    if len(seen) >= _WHOLE_FILE and counts.total() == len(seen) >= _TIMES_EACH * len(counts):
        return frozenset(counts)
    most_have_one = counts.total() * 2 >= len(seen)
    return frozenset(
        label
        for label, times in counts.items()
        if (reads_as_name(label) and (most_have_one or times > 1))
        or (most_have_one and times >= _SURE)
    )
