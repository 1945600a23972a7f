"""A reply of a model as drafts for the gate; what is over a length is refused item by item."""

from collections.abc import Iterator
from typing import Final

from schemas.claim import FIELDS, Draft, Reason, Rejection
from schemas.reply import Item, Reply
from service.extract.gate import LONGEST
from service.extract.gate_find import LEAST_WEIGHT
from service.extract.tokens import tokens_of

MOST_ITEMS: Final = 500
"""Items of one reply, counted over its lists in their order."""
PLAIN: Final = 0.75
"""Confidence in an item before the gate has looked at it."""
PIECED: Final = 0.55
"""In one whose quote leaves words out, or is hardly longer than the least that is a quote."""
MARKS: Final = ("...", "…")
NOWHERE: Final = "\u200b"
"""In place of what no database takes: the gate finds a quote that holds it nowhere."""


def drafts_of(reply: Reply) -> tuple[tuple[Draft, ...], tuple[Rejection, ...]]:
    """Every item of the reply is in exactly one of the two."""
    drafts: list[Draft] = []
    rejected: list[Rejection] = []
    for at, (field, item) in enumerate(_items(reply)):
        if at >= MOST_ITEMS or _is_long(item):
            rejected.append(_too_long(field, item))
        else:
            drafts.append(_draft(field, item))
    return tuple(drafts), tuple(rejected)


def _items(reply: Reply) -> Iterator[tuple[str, Item]]:
    for field in FIELDS:
        yield from ((field, item) for item in getattr(reply, field))


def _is_long(item: Item) -> bool:
    texts = (item.quote, item.statement, item.promised_to or "", item.due_text or "")
    return any(len(text) > LONGEST for text in texts)


def _too_long(field: str, item: Item) -> Rejection:
    quote = _storable(item.quote[:LONGEST])
    return Rejection(field=field, quote=quote, turn=item.turn, reason=Reason.TOO_LONG)


def _draft(field: str, item: Item) -> Draft:
    return Draft(
        field=field,
        turn=item.turn,
        quote=_storable(item.quote),
        statement=_storable(item.statement, instead=" "),
        confidence=_confidence(item),
        promised_to=_said(item.promised_to),
        due_text=_said(item.due_text),
    )


def _confidence(item: Item) -> float:
    is_short = tokens_of(item.quote).weight <= LEAST_WEIGHT
    return PIECED if is_short or any(mark in item.quote for mark in MARKS) else PLAIN


def _said(text: str | None) -> str | None:
    """Models write "" and "null" where they mean nothing."""
    plain = _storable(text or "", instead=" ").strip()
    return None if plain.casefold() in {"", "null", "none", "n/a"} else plain


def _storable(text: str, *, instead: str = NOWHERE) -> str:
    return "".join(
        instead if char == "\x00" or "\ud800" <= char <= "\udfff" else char for char in text
    )
