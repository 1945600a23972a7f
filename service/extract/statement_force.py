"""How sure it is, whether it is denied, on what condition, and how much of it: kept or changed."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from service.extract.gate_words import GRAMMARS
from service.extract.statement_signs import Signs
from service.extract.statement_words import (
    CAN,
    DETERMINERS,
    FILLERS,
    LITERAL,
    NEED,
    NEEDED,
    NOTHING,
    NOUNS,
    OPPOSITES,
    PASTS,
    TIMES,
    VERB_BEHIND,
    WILL,
)

ENGLISH: Final = "english"
PAST: Final = "ed"
DOERS: Final = GRAMMARS[ENGLISH].subjects | {"customer", "vendor", "team", "will", "to"}
"""What stands right behind them is a verb."""


def is_denial_kept(stated: Signs, said: Signs) -> bool:
    """Whether both deny or neither does, and each word is denied in both or in neither."""
    if stated.is_denied != said.is_denied:
        return False
    if not _are_english(stated, said):
        return True
    return not (said.denied & stated.asserted or stated.denied & said.asserted)


def is_modality_kept(stated: Signs, said: Signs) -> bool:
    """Whether "might" is still "might", "can" no "will", "must" still "must", done no "to do"."""
    if _lacks_words(stated, said):
        return True
    if _is_weak(stated) != _is_weak(said) or _is_surer(stated, said):
        return False
    return not _are_english(stated, said) or (
        _is_will(stated) == _is_will(said)
        or not (_trades_can(stated, said) or _trades_past(stated, said))
    )


def _is_weak(signs: Signs) -> bool:
    """Some word says that it may not happen; "could not" is a fact, and May a month."""
    denied_next = {at - 1 for at in signs.negations}
    return any(
        key in signs.lexicon.weak
        and not (key == "could" and at in denied_next)
        and not (key == "may" and signs.text[signs.tokens.starts[at]] == "M")
        and not (key in NOUNS and _is_noun(signs, at))
        for at, key in enumerate(signs.keys)
    )


def _is_noun(signs: Signs, at: int) -> bool:
    before, after = signs.keys[max(0, at - 1) : at], signs.keys[at + 1 : at + 2]
    if before and before[0] in DOERS:
        return False
    return not DETERMINERS.isdisjoint(before) or VERB_BEHIND.isdisjoint(after)


def _is_surer(stated: Signs, said: Signs) -> bool:
    own, theirs = stated.words & stated.lexicon.sure, said.words & said.lexicon.sure
    if theirs & NEEDED and not stated.words & NEED:
        return True
    return bool(own) and not theirs and not (own <= NEEDED and said.words & NEED)


def _is_will(signs: Signs) -> bool:
    return bool(signs.words & WILL)


def _trades_can(stated: Signs, said: Signs) -> bool:
    """One says that it will, the other only that it can."""
    own, theirs = bool(stated.words & CAN), bool(said.words & CAN)
    return own != theirs and (_is_will(stated) or _is_will(said))


def _trades_past(stated: Signs, said: Signs) -> bool:
    """What one says will be done, the other says was done."""
    ahead, done = (stated, said) if _is_will(stated) else (said, stated)
    pasts = {key for key in done.words if key.endswith(PAST) or key in PASTS.values()}
    return any(_past_of(verb, pasts) for verb in _ahead(ahead))


def _ahead(signs: Signs) -> Iterator[str]:
    """Verbs behind a "will"."""
    for at, key in enumerate(signs.keys):
        if key in WILL:
            yield from (key for key in signs.keys[at + 1 : at + 5] if key not in FILLERS)


def _past_of(verb: str, pasts: set[str]) -> bool:
    root = verb.removesuffix("e")
    return any(
        past in {verb, PASTS.get(verb)} or (past.startswith(root) and len(past) <= len(root) + 3)
        for past in pasts
    )


def is_condition_kept(stated: Signs, said: Signs) -> bool:
    """Whether it hangs on the same kinds of condition; an "if" may stand for a "when"."""
    if _lacks_words(stated, said):
        return True
    own, theirs = stated.conditions, said.conditions
    if "when" in theirs and not (own & {"when", "if"} or stated.words & TIMES):
        return False
    spare = {"when", "if"} if "when" in theirs and "if" not in theirs else {"when"}
    return own - spare == theirs - spare and not ("when" in own and "if" in theirs)


def is_scope_kept(stated: Signs, said: Signs) -> bool:
    """Whether "some" did not become "all", nor a price "free"."""
    if _lacks_words(stated, said):
        return True
    if stated.words & LITERAL - said.words:
        return False
    if stated.words & stated.lexicon.wholly and not said.words & said.lexicon.wholly:
        return False
    return _is_partly(stated) == _is_partly(said)


def _is_partly(signs: Signs) -> bool:
    """Some, but not the "most" of "at most"."""
    spare = {"most"} if ("at", "most") in pairwise(signs.keys) else set()
    return bool(signs.words & signs.lexicon.partly - spare)


def is_direction_kept(stated: Signs, said: Signs) -> bool:
    """Whether no word was put in the place of its opposite: up for down."""
    if not _are_english(stated, said):
        return True
    sides = [pair for one, two in OPPOSITES for pair in ((one, two), (two, one))]
    return not any(
        stated.words & own and not said.words & own and said.words & other for own, other in sides
    )


def _lacks_words(stated: Signs, said: Signs) -> bool:
    """Of a language without lists nothing more is known."""
    return NOTHING in (stated.lexicon, said.lexicon)


def _are_english(stated: Signs, said: Signs) -> bool:
    return stated.language == said.language == ENGLISH
