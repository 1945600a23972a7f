"""Invented sales conversations, each with one true quote; all from one seed."""

from dataclasses import dataclass
from random import Random
from typing import Final

from schemas.claim import SUCCESS_IN_THEIR_WORDS, WHAT_WAS_PROMISED, WHY_THEY_BOUGHT, Draft
from schemas.source import Side, Turn

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
PRODUCTS: Final = ("Ledgerline", "Quarry", "Tidewater", "Pinfold", "Marlowe", "Saffron Desk")
PEOPLE: Final = ("Ines", "Tobias", "Zoë", "Okello", "Marguerite", "Halvard", "José", "Dorota")

VENDOR_QUOTES: Final = (
    "We will not bill you longer than {n} days after {month}, and {person} signs that off.",
    "{person} will send the {product} migration plan by the {n}th of {month}.",
    "We'll keep the price at ${n},500 a year, and you get {m}% off for the second team.",
    "Our team will bring {product} live in {n} weeks, and it won't cost more than ${m}.50 a seat.",
    "The index is at -{n}.5% since {month}, so we will add {m} seats to {product} for free.",
    "We will start in {month} … and {person} will have {product} running {n} weeks later.",
    "I could give you a single-tenant copy of {product} for {n} days if {person} asks for it.",
)
CUSTOMER_QUOTES: Final = (
    "We left our old vendor because {n} of our {m} orders were lost in {month}.",
    "It was not {product} that failed us, it was the {n} hours {person} spent on every report.",
    "Success for us is {m}% fewer tickets by {month} and at most {n}.5 hours of downtime.",
    "We could not wait until {month} because {person} was losing ${m},200 a week.",
    "It works for us once {person} can close the books in {n} days instead of {m}.",
    "Honestly, we didn't trust the numbers: they were off by -{n}% each {month}.",
)
SMALL_TALK: Final = (
    "Can everybody hear me? The line was a bit thin this morning.",
    "Sure, let me share my screen for a second and find the right page.",
    "That is how most teams your size begin with {product}.",
    "We have {m} people on the floor, and about half of them work from home.",
    "How does {person} see it? The two of you talked about it last week.",
    "Right, and the legal side looks at it before {month}.",
    "I wrote that down. Is there anything else on your list for today?",
    "Our fiscal year ends in {month}, so the budget is still open.",
)
REASONS: Final = (WHY_THEY_BOUGHT, SUCCESS_IN_THEIR_WORDS)
LEADS: Final = ("Okay. ", "Let me be clear here. ", "Good question! ", "", "So, to sum up: ")
TAILS: Final = (" Does that help?", "", " I can put that in the mail.", " Just so you know.")


@dataclass(frozen=True, slots=True)
class Case:
    """One conversation, where its true quote stands, and a true quote that stands in none of it."""

    turns: tuple[Turn, ...]
    turn: int
    field: str
    quote: str
    foreign: str

    @property
    def own_text(self) -> str:
        """The whole turn in which the quote stands."""
        return self.turns[self.turn].text

    def draft(self, quote: str, *, turn: int | None = None, field: str | None = None) -> Draft:
        """What a model would hand in: this quote, or a changed place for it."""
        number = self.turn if turn is None else turn
        return Draft(field=field or self.field, turn=number, quote=quote, statement="")


def conversations(count: int, *, seed: int) -> list[Case]:
    """`count` conversations of about ten turns; the same for the same seed."""
    rng = Random(seed)  # noqa: S311 - repeatable on purpose, nothing secret
    return [_case(rng, number) for number in range(count)]


def _case(rng: Random, number: int) -> Case:
    at = rng.randrange(1, 9)
    side = _side(at)
    pool = VENDOR_QUOTES if side is Side.VENDOR else CUSTOMER_QUOTES
    template = pool[number // 2 % len(pool)]
    texts = [_fill(line, rng) for line in rng.choices(SMALL_TALK, k=rng.randrange(9, 12))]
    quote = _fill(template, rng)
    texts[at] = rng.choice(LEADS) + quote + rng.choice(TAILS)
    foreign = _fill(rng.choice([other for other in pool if other != template]), rng)
    field = WHAT_WAS_PROMISED if side is Side.VENDOR else rng.choice(REASONS)
    return Case(_turns(texts), at, field, quote, foreign)


def _side(at: int) -> Side:
    return Side.CUSTOMER if at % 2 else Side.VENDOR


def _turns(texts: list[str]) -> tuple[Turn, ...]:
    return tuple(
        Turn(turn=at, speaker=_side(at).title(), side=_side(at), side_rule="invented", text=text)
        for at, text in enumerate(texts)
    )


def _fill(template: str, rng: Random) -> str:
    return template.format(
        n=rng.randrange(11, 30),
        m=rng.randrange(31, 99),
        month=rng.choice(MONTHS),
        product=rng.choice(PRODUCTS),
        person=rng.choice(PEOPLE),
    )
