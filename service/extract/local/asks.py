"""Which field a question asks for: the answer to "why did you start looking?" is a why."""

import re
from functools import cache

from schemas.claim import (
    CUSTOMER_COMMITMENTS,
    SUCCESS_IN_THEIR_WORDS,
    WHAT_WAS_PROMISED,
    WHY_THEY_BOUGHT,
)
from schemas.source import Side
from service.extract.local import acts
from service.extract.local.sentences import Sentence

_SOME = r"(?:\w{1,15} )"
"""A word between the words of a question."""

ASKS: dict[str, tuple[str, ...]] = {
    WHY_THEY_BOUGHT: (
        r"why (?:did|do|are|were|now|not|change|switch|look|us|this|would)\b",
        rf"what(?:'s| is| was| has)? {_SOME}{{0,2}}(?:pain|problem|issue|challenge|hard)",
        rf"what(?:'s| is| was| has)? {_SOME}{{0,2}}(?:not working|frustrat|broken|wrong)",
        rf"what(?:'s| is| was| has)? {_SOME}{{0,2}}(?:costing|struggl|driving|bottleneck)",
        r"what (?:made|got|brought|brings|prompted|triggered|led|caused|happened|pushed|drove)\b",
        rf"how (?:are|do) you {_SOME}{{0,2}}(?:doing|handl|manag|deal)\w{{0,5}} {_SOME}{{1,3}}now",
        rf"how (?:are|do) you {_SOME}{{0,2}}(?:doing|handl|manag)\w{{0,5}} {_SOME}{{1,2}}today",
        rf"how much (?:time|money) {_SOME}{{0,4}}(?:spend|spent|lose|lost|cost|waste)",
        r"what (?:does|did) (?:that|it|this) cost\b",
        rf"(?:what|how) {_SOME}{{0,4}}(?:impact|affect|challenge|frustration|gap)",
        r"(?:walk|talk) me through|tell me (?:more )?about|what's (?:going on|happening)",
        r"what happens (?:when|today|now)|what's behind|what do you use (?:now|today)",
        r"what have you tried\b|what went wrong\b|sound familiar\b|why is that\b",
    ),
    SUCCESS_IN_THEIR_WORDS: (
        rf"(?:success|win|good|great|done|ideal) {_SOME}{{0,3}}(?:look|looks|mean|means)\b",
        rf"what {_SOME}{{0,5}}(?:success|win|outcomes?|goals?|targets?|criteria|kpis?)\b",
        r"(?:non-?negotiables?|must[- ]haves?|hard stops?|deal[- ]?breakers?|gating items?)\b",
        r"(?:slo|sla|error budget|acceptable|target|requirements? (?:for|around|on))\b",
        rf"what (?:would|do) (?:you|it) {_SOME}{{0,3}}(?:need to see|take for|hope to|hoping)\b",
        r"what do you want to (?:achieve|see|reach)\b",
        rf"(?:what|where) {_SOME}{{0,3}}(?:want|need) to be\b|what matters\b",
        rf"when (?:are|do|would|were) you {_SOME}{{0,2}}(?:decide|hoping|need|want|go live)\b",
        r"how (?:would|will|do) you (?:know|measure|judge)\b",
    ),
    WHAT_WAS_PROMISED: (
        r"(?:can|could|will|would) you (?!tell|hear|see|explain|share what|give me)\w",
        (
            rf"(?:what|how)(?:'s| is| about| long| soon| would| does| do| will)? {_SOME}{{0,5}}"
            r"(?:timeline|implementation|pilot|onboarding|rollout|running|support|included|"
            r"security|next steps?|sla|refund|cancel|guarantee|migration|take|start|metrics|"
            r"go live|live)\b"
        ),
        r"when (?:can|could|will|would) (?:you|we|it|that|this)\b",
        rf"(?:do|does|is|are) (?:you|that|it|there) {_SOME}{{0,3}}(?:include|guarantee|cover)",
        r"what if (?:we|it|i)\b|what happens if\b",
    ),
    CUSTOMER_COMMITMENTS: (
        rf"(?:can|could|will|would) you {_SOME}?(?:send|share|provide|get|confirm)\b",
        rf"(?:can|could|will|would) you {_SOME}?(?:bring|export|check with|set up|introduce)\b",
        r"when (?:can|could|will|would) you\b",
    ),
}
"""Rows as in the tables of cues: patterns over the folded question, each from a word's start."""

ASKED_BY = {
    WHY_THEY_BOUGHT: Side.VENDOR,
    SUCCESS_IN_THEIR_WORDS: Side.VENDOR,
    CUSTOMER_COMMITMENTS: Side.VENDOR,
    WHAT_WAS_PROMISED: Side.CUSTOMER,
}
"""The side whose question can be answered with this field: always the other one."""


def asked(question: Sentence, *, by: Side) -> frozenset[str]:
    """The fields that a question of that side asks for; none where it is no question."""
    if not acts.is_question(question.text):
        return frozenset()
    folded = acts.fold(question.text)
    return frozenset(
        field for field, side in ASKED_BY.items() if side == by and _pattern(field).search(folded)
    )


@cache
def _pattern(field: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(ASKS[field])})")
