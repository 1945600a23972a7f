from collections import Counter

from schemas.model import Model
from service.retrieve.passages import Passage
from service.retrieve.terms import terms


class Posting(Model):
    """How often a term stands in a passage: in its words, and in the head before them."""

    in_text: int = 0
    in_head: int = 0


def postings(passage: Passage) -> dict[str, Posting]:
    """Count the terms of a passage, words and head apart."""
    in_text, in_head = Counter(terms(passage.text)), Counter(terms(passage.head))
    return {
        term: Posting(in_text=in_text[term], in_head=in_head[term])
        for term in sorted(in_text.keys() | in_head.keys())
    }


def length(passage: Passage) -> int:
    """Return the number of terms in the words; the head is in every passage and not counted."""
    return len(terms(passage.text))
