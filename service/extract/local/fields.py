"""From what a sentence does, and who said it, to a field: a table of rules, the first fit wins."""

from typing import NamedTuple

from schemas.claim import (
    CUSTOMER_COMMITMENTS,
    SUCCESS_IN_THEIR_WORDS,
    WHAT_WAS_PROMISED,
    WHY_THEY_BOUGHT,
)
from schemas.source import Side
from service.extract.local.act import Act

UNKNOWN_FACTOR = 0.6
"""What is left of a rule's strength where nobody knows whose side spoke."""
TIMED_BONUS = 0.05
"""What a time adds: an undertaking with a date is seldom a manner of speaking."""
CLEAR = 0.7
"""The strength from which an act is clear enough without a side."""


STORY, VISION = "story", "vision"
"""Asked for openly, so that plain words answer: the event that made them look; what good is."""


class Context(NamedTuple):
    """What surrounds a sentence and changes its meaning."""

    asked: frozenset[str] = frozenset()
    """Fields that the other side has just asked for, STORY and VISION."""
    is_early: bool = False
    """It stands in the first third of the source."""
    is_closing: bool = False
    """It stands in the last tenth of a long talk."""
    is_taken_up: bool = False
    """The other side's next words accept."""
    is_next_step: bool = False
    """It follows a lead-in such as "next steps"."""
    is_after_sale: bool = False
    """They are customers already: a complaint is no reason for buying."""
    is_service_call: bool = False
    """The talk opens as a service call: its complaints are about what was bought already."""


class Rule(NamedTuple):
    """Every act of `needs`, none of `unless`, and the context that it asks for."""

    name: str
    field: str
    strength: float
    needs: frozenset[Act]
    unless: frozenset[Act] = frozenset()
    needs_ask: bool = False
    needs_uptake: bool = False
    needs_next_step: bool = False
    needs_topic: str | None = None
    never_after_sale: bool = False
    never_in_service: bool = False


class Proposal(NamedTuple):
    """A field for one sentence, and how sure the rule is."""

    field: str
    confidence: float
    rule: str


def _acts(*acts: Act) -> frozenset[Act]:
    return frozenset(acts)


IDLE = _acts(Act.QUESTION, Act.COURTESY, Act.SARCASM)
"""No sentence that does one of these is an item of any field."""

OFFERING = _acts(Act.OFFER, Act.HANDOVER)
ACCEPTED = 0.65

_NOT_BOUND = _acts(Act.META, Act.REFUSAL)
_NOT_TERMS = _NOT_BOUND | _acts(Act.SUMMARY, Act.TYPICAL, Act.DONE)

_NOT_OFFERED = _NOT_TERMS | _acts(Act.CAPABILITY)

VENDOR_RULES = (
    Rule("undertaking", WHAT_WAS_PROMISED, 0.85, _acts(Act.UNDERTAKING), _NOT_BOUND),
    Rule("sparing", WHAT_WAS_PROMISED, 0.85, _acts(Act.SPARING), _NOT_BOUND),
    Rule("handover", WHAT_WAS_PROMISED, 0.75, _acts(Act.HANDOVER), _NOT_BOUND),
    Rule("colleague", WHAT_WAS_PROMISED, 0.7, _acts(Act.NAMED_UNDERTAKING), _NOT_TERMS),
    Rule("roadmap", WHAT_WAS_PROMISED, 0.7, _acts(Act.ROADMAP), _NOT_TERMS),
    Rule(
        "condition",
        WHAT_WAS_PROMISED,
        0.65,
        _acts(Act.CONDITION, Act.OFFER),
        _NOT_OFFERED,
    ),
    Rule("confirmed", WHAT_WAS_PROMISED, 0.6, _acts(Act.OFFER), _NOT_OFFERED, needs_ask=True),
    Rule("dated", WHAT_WAS_PROMISED, 0.65, _acts(Act.OFFER, Act.TIMED), _NOT_OFFERED),
    Rule("uptake", WHAT_WAS_PROMISED, 0.65, _acts(Act.OFFER), _NOT_TERMS, needs_uptake=True),
    Rule("benefit", WHAT_WAS_PROMISED, 0.65, _acts(Act.BENEFIT), _NOT_TERMS),
    Rule("term", WHAT_WAS_PROMISED, 0.6, _acts(Act.TERM), _NOT_TERMS),
    Rule("delivery", WHAT_WAS_PROMISED, 0.6, _acts(Act.DELIVERY), _NOT_TERMS),
    Rule(
        "scheduled",
        WHAT_WAS_PROMISED,
        0.6,
        _acts(Act.PLAN, Act.TIMED),
        _NOT_TERMS | _acts(Act.PAST, Act.HYPOTHETICAL),
    ),
    Rule("step", WHAT_WAS_PROMISED, 0.6, _acts(Act.PLAN), _NOT_TERMS, needs_next_step=True),
    Rule("answer", WHAT_WAS_PROMISED, 0.55, _acts(Act.PLAN), _NOT_TERMS, needs_ask=True),
    Rule("answer", WHAT_WAS_PROMISED, 0.55, _acts(Act.DURATION), _NOT_TERMS, needs_ask=True),
)

_NOT_OWN = _acts(Act.META, Act.HYPOTHETICAL)
_NOT_WANTED = _acts(Act.META, Act.REQUEST, Act.SUMMARY, Act.UNNEEDED, Act.PRICE)
_NOT_SEEN = _NOT_WANTED | _acts(Act.UNDERTAKING, Act.YOURS, Act.REFUSAL, Act.RELIEF)
_NOT_TOLD = _NOT_SEEN | _acts(Act.PAST)
_NOT_PAIN = _acts(
    *(Act.PRICE, Act.RELIEF, Act.YOURS, Act.REQUEST, Act.META, Act.HYPOTHETICAL, Act.REFUSAL),
    *(Act.DANGLING, Act.UNDERTAKING),
)

BINDING_RULES = (
    Rule(
        "undertaking",
        CUSTOMER_COMMITMENTS,
        0.75,
        _acts(Act.UNDERTAKING),
        _NOT_OWN | _acts(Act.REFUSAL, Act.GOAL, Act.CONDITION),
    ),
    Rule("goal", SUCCESS_IN_THEIR_WORDS, 0.8, _acts(Act.GOAL), _NOT_WANTED),
)

CUSTOMER_RULES = (
    Rule("reason", WHY_THEY_BOUGHT, 0.8, _acts(Act.REASON, Act.PAIN), _acts(Act.REQUEST)),
    *BINDING_RULES,
    Rule("reason", WHY_THEY_BOUGHT, 0.75, _acts(Act.REASON), _acts(Act.REQUEST)),
    *(
        Rule("threshold", SUCCESS_IN_THEIR_WORDS, 0.7, needs, _NOT_TOLD)
        for needs in (_acts(Act.MUST, Act.LIMIT), _acts(Act.WISH, Act.LIMIT))
    ),
    Rule(
        "tried",
        WHY_THEY_BOUGHT,
        0.75,
        _acts(Act.TRIED),
        _acts(Act.NEED, Act.RELIEF),
        never_in_service=True,
    ),
    Rule(
        "limit", SUCCESS_IN_THEIR_WORDS, 0.6, _acts(Act.SPARING), _NOT_WANTED, never_in_service=True
    ),
    Rule("need", SUCCESS_IN_THEIR_WORDS, 0.75, _acts(Act.NEED), _NOT_WANTED),
    Rule(
        "wish",
        SUCCESS_IN_THEIR_WORDS,
        0.6,
        _acts(Act.WISH),
        _NOT_WANTED | _acts(Act.PAIN, Act.PRICE),
        never_in_service=True,
    ),
    Rule(
        "averted",
        SUCCESS_IN_THEIR_WORDS,
        0.6,
        _acts(Act.WISH, Act.AVERTED),
        _NOT_WANTED,
        never_in_service=True,
    ),
    Rule(
        "deadline",
        SUCCESS_IN_THEIR_WORDS,
        0.65,
        _acts(Act.MUST, Act.TIMED, Act.OURS),
        _NOT_TOLD | _acts(Act.HYPOTHETICAL, Act.SUMMARY),
        never_in_service=True,
    ),
    Rule("worth", WHY_THEY_BOUGHT, 0.65, _acts(Act.WORTH), _acts(Act.REQUEST)),
    *(
        Rule("pain", WHY_THEY_BOUGHT, strength, needs, _NOT_PAIN, never_after_sale=True)
        for strength, needs in ((0.6, _acts(Act.PAIN, Act.OURS)), (0.5, _acts(Act.PAIN, Act.FULL)))
    ),
)

ASKED_LIMIT = Rule("answer", SUCCESS_IN_THEIR_WORDS, 0.65, _acts(Act.LIMIT), _NOT_WANTED)

CUSTOMER_ANSWERS = (
    Rule("answer", SUCCESS_IN_THEIR_WORDS, 0.6, _acts(Act.ABSOLUTE), _NOT_TOLD, needs_ask=True),
    Rule("answer", SUCCESS_IN_THEIR_WORDS, 0.6, _acts(Act.FAULT), _NOT_TOLD, needs_ask=True),
    *(
        Rule("vision", SUCCESS_IN_THEIR_WORDS, 0.55, needs, _NOT_SEEN, needs_topic=VISION)
        for needs in (_acts(Act.ABSOLUTE), _acts(Act.LONG))
    ),
    *(
        Rule(
            "answer", WHY_THEY_BOUGHT, 0.6, needs, _NOT_PAIN, needs_ask=True, never_after_sale=True
        )
        for needs in (_acts(Act.PAIN, Act.FULL), _acts(Act.HARM, Act.FULL))
    ),
    Rule("answer", WHY_THEY_BOUGHT, 0.55, _acts(Act.FAULT, Act.FULL), _NOT_PAIN, needs_ask=True),
    Rule(
        "short of",
        WHY_THEY_BOUGHT,
        0.5,
        _acts(Act.CONTRAST, Act.OURS, Act.LONG),
        _NOT_PAIN,
        needs_ask=True,
        never_after_sale=True,
    ),
    Rule("told", WHY_THEY_BOUGHT, 0.55, _acts(Act.PAST, Act.LONG), _NOT_PAIN, needs_topic=STORY),
)

EARLY = (
    Rule("incident", WHY_THEY_BOUGHT, 0.6, _acts(Act.PAST, Act.HARM, Act.FULL), _NOT_PAIN),
    Rule("suffered", WHY_THEY_BOUGHT, 0.5, _acts(Act.PAST, Act.PAIN, Act.FULL), _NOT_PAIN),
)
"""What is told in the first third: the event that made them look."""


def decide(acts: frozenset[Act], *, side: Side, context: Context) -> Proposal | None:
    """The first rule of the side that fits, or nothing: most sentences are no item."""
    if acts & IDLE:
        return _accepted(acts, side, context)
    if side is Side.VENDOR:
        return _first(VENDOR_RULES, acts, context)
    if side is Side.CUSTOMER:
        return _first(_customer_rules(context), acts, context)
    return _clear(acts, context)


def _accepted(acts: frozenset[Act], side: Side, context: Context) -> Proposal | None:
    """A question that offers something, and the other side says yes to it."""
    is_offer = acts & IDLE == {Act.QUESTION} and bool(acts & OFFERING)
    if side is not Side.VENDOR or not (is_offer and context.is_taken_up) or acts & _NOT_OFFERED:
        return None
    return Proposal(WHAT_WAS_PROMISED, ACCEPTED, "accepted question")


def _customer_rules(context: Context) -> tuple[Rule, ...]:
    """Asked for success, an answer is about success, whatever pain it names."""
    if SUCCESS_IN_THEIR_WORDS in context.asked:
        return (ASKED_LIMIT, *BINDING_RULES, *CUSTOMER_ANSWERS, *CUSTOMER_RULES)
    if context.is_closing:
        return tuple(rule for rule in CUSTOMER_RULES if rule.name != "pain") + CUSTOMER_ANSWERS
    early = EARLY if context.is_early and not context.is_after_sale else ()
    return CUSTOMER_RULES + CUSTOMER_ANSWERS + early


def _first(rules: tuple[Rule, ...], acts: frozenset[Act], context: Context) -> Proposal | None:
    for rule in rules:
        if _fits(rule, acts, context):
            bonus = TIMED_BONUS if Act.TIMED in acts else 0.0
            return Proposal(rule.field, round(rule.strength + bonus, 2), rule.name)
    return None


def _fits(rule: Rule, acts: frozenset[Act], context: Context) -> bool:
    if not rule.needs <= acts or rule.unless & acts:
        return False
    return (
        (rule.field in context.asked or not rule.needs_ask)
        and (context.is_taken_up or not rule.needs_uptake)
        and (context.is_next_step or not rule.needs_next_step)
        and (rule.needs_topic is None or rule.needs_topic in context.asked)
        and not (rule.never_after_sale and context.is_after_sale)
        and not (rule.never_in_service and context.is_service_call)
    )


def _clear(acts: frozenset[Act], context: Context) -> Proposal | None:
    """Without a side: the strongest of both sides' rules, if its act is clear, held lower."""
    fits = (_first(VENDOR_RULES, acts, context), _first(CUSTOMER_RULES, acts, context))
    clear = [proposal for proposal in fits if proposal and proposal.confidence >= CLEAR]
    if not clear:
        return None
    best = max(clear, key=lambda proposal: proposal.confidence)
    return best._replace(confidence=round(best.confidence * UNKNOWN_FACTOR, 2))
