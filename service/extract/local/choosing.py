"""Which field a sentence is proposed for: the rule that fits, the weights, or both."""

from schemas.claim import (
    CUSTOMER_COMMITMENTS,
    CUSTOMER_FIELDS,
    SUCCESS_IN_THEIR_WORDS,
    WHAT_WAS_PROMISED,
    WHY_THEY_BOUGHT,
)
from schemas.source import Side
from service.extract.local.act import Act
from service.extract.local.fields import IDLE, Context, Proposal, decide
from service.extract.local.weighing import features, likelihood

LIKELY = 0.55
"""From which the weights propose by themselves."""
UNLIKELY = 0.25
"""Under which they overrule a rule."""
FIELDS_OF = {
    Side.VENDOR: (WHAT_WAS_PROMISED,),
    Side.CUSTOMER: (WHY_THEY_BOUGHT, SUCCESS_IN_THEIR_WORDS, CUSTOMER_COMMITMENTS),
    Side.UNKNOWN: (),
}
GROUNDS = {
    WHAT_WAS_PROMISED: frozenset(
        {
            *(Act.UNDERTAKING, Act.NAMED_UNDERTAKING, Act.HANDOVER, Act.OFFER, Act.BENEFIT),
            *(Act.ROADMAP, Act.TERM, Act.DELIVERY, Act.DURATION, Act.PLAN, Act.SPARING),
        }
    ),
    WHY_THEY_BOUGHT: frozenset(
        {
            *(Act.PAIN, Act.HARM, Act.FAULT, Act.REASON, Act.TRIED, Act.WORTH),
            *(Act.CONTRAST, Act.PAST),
        }
    ),
    SUCCESS_IN_THEIR_WORDS: frozenset(
        {
            *(
                Act.NEED,
                Act.WISH,
                Act.GOAL,
                Act.MUST,
                Act.LIMIT,
                Act.ABSOLUTE,
                Act.AVERTED,
                Act.SPARING,
            )
        }
    ),
    CUSTOMER_COMMITMENTS: frozenset({Act.UNDERTAKING, Act.OFFER}),
}
"""What a sentence has to do at the least: context alone makes no item of it."""
BARS = {
    WHY_THEY_BOUGHT: frozenset(
        {*(Act.RELIEF, Act.PRICE, Act.YOURS, Act.HYPOTHETICAL), *(Act.REFUSAL, Act.UNDERTAKING)}
    ),
    SUCCESS_IN_THEIR_WORDS: frozenset({Act.SUMMARY, Act.UNNEEDED, Act.PRICE, Act.PAST}),
    WHAT_WAS_PROMISED: frozenset({Act.REFUSAL, Act.SUMMARY, Act.TYPICAL, Act.DONE}),
}
"""What keeps a sentence from a field, however likely the rest makes it."""
NEVER = IDLE | {Act.META, Act.REQUEST, Act.TAKEN_BACK}
"""Acts of a sentence that only a rule may propose."""


def choose(acts: frozenset[Act], *, side: Side, context: Context) -> Proposal | None:
    """The field that is likeliest; without a side, the rules alone."""
    rule = decide(acts, side=side, context=context)
    if side is Side.UNKNOWN:
        return rule
    found = frozenset(features(acts, context, rule))
    chances = {field: likelihood(field, found) for field in FIELDS_OF[side]}
    if rule and chances[rule.field] >= UNLIKELY:
        return rule._replace(confidence=round(chances[rule.field], 2))
    field = max(chances, key=lambda name: chances[name])
    is_barred = bool(acts & (NEVER | BARS.get(field, NEVER))) or not acts & GROUNDS[field]
    if is_barred or chances[field] < LIKELY or _is_complaint(field, context):
        return None
    return Proposal(field, round(chances[field], 2), "weights")


def _is_complaint(field: str, context: Context) -> bool:
    """Of those who have bought already, pain is about us; in a service call, wishes are too."""
    if context.is_service_call:
        return field in CUSTOMER_FIELDS
    return context.is_after_sale and field == WHY_THEY_BOUGHT
