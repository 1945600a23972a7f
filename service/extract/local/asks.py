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
from service.extract.local.fields import STORY, VISION
from service.extract.local.sentences import Sentence

_SOME = r"(?:\w{1,15} )"
"""A word between the words of a question."""

ASKS: dict[str, tuple[str, ...]] = {
    STORY: (
        (
            rf"why (?:now|us|this|(?:did|do|are|were) you {_SOME}{{0,2}}(?:look|talk|call|switch|"
            rf"here))"
        ),
        r"what (?:made|got|brought|brings|prompted|triggered|led|caused|happened|pushed|drove)\b",
        r"what(?:'s| is) going on\b|what went wrong\b|tell me what\b|what's behind\b",
        rf"what {_SOME}{{0,2}}(?:driving|drove) {_SOME}",
        rf"(?:have|had|did) you {_SOME}?(?:tr(?:y|ied)|look(?:ed)?|evaluat|consider|attempt)",
        (
            r"(?:is|was) there (?:something|anything|an? \w{1,12}) (?:that )?(?:mak|driv|push|"
            r"behind|urgent)"
        ),
    ),
    VISION: (
        r"(?:success|win|good|great|ideal|worth it|worthwhile) (?:\w{1,10} )?(?:look|looks|mean)",
        r"what (?:does|would|will|should) \w{1,10} look like|what(?:'s| is) the goal\b",
        (
            r"what (?:would|will) (?:tell|show|convince|make) you|make you say\b|how (?:will|"
            r"would) you know\b"
        ),
        r"what (?:would|will|should|has to|must) (?:be|change|improve|happen)\b|to say yes\b",
        r"what does (?:it|this|that) have to (?:do|be)|(?:went|goes|go) (?:really )?well\b",
        (
            r"money well spent|(?:a year|months?) from now|fast[- ]forward|magic wand|"
            r"it's next \w{3,9}\b"
        ),
        (
            r"what would you (?:be looking|like to see|want|need|expect|look for)|you'd want\b|"
            r"when would you say\b"
        ),
    ),
    WHY_THEY_BOUGHT: (
        r"why (?:did|do|are|were|now|not|change|switch|look|us|this|would)\b",
        rf"what(?:'s| is| was| has)? {_SOME}{{0,2}}(?:pain|problem|issue|challenge|hard)",
        rf"what(?:'s| is| was| has)? {_SOME}{{0,2}}(?:not working|frustrat|broken|wrong)",
        rf"what(?:'s| is| was| has)? {_SOME}{{0,2}}(?:costing|struggl|driving|bottleneck)",
        r"what (?:made|got|brought|brings|prompted|triggered|led|caused|happened|pushed|drove)\b",
        rf"how (?:are|do) you {_SOME}{{0,2}}(?:doing|handl|manag|deal)\w{{0,5}} {_SOME}{{1,3}}now",
        rf"how (?:are|do) you {_SOME}{{0,2}}(?:doing|handl|manag)\w{{0,5}} {_SOME}{{1,2}}today",
        rf"how much (?:time|money) {_SOME}{{0,4}}(?:spend|spent|lose|lost|cost|waste)",
        r"what (?:does|did|has) (?:that|it|this) (?:cost|do(?:ne)?|mean)\b",
        (
            r"what(?:'s| is) the (?:impact|effect|damage|consequence)|how (?:bad|often) (?:is|does|"
            r"do)\b"
        ),
        r"(?:what|who|which) (?:\w{1,10} ){0,3}(?:isn't|not|doesn't) (?:working|work)\b",
        rf"(?:what|how) {_SOME}{{0,4}}(?:impact|affect|challenge|frustration|gap)",
        (
            r"(?:walk|talk) (?:me|us) through|tell (?:me|us) (?:\w{1,8} )?about|what's (?:going on|"
            r"happening)"
        ),
        r"what (?:usually )?happens?\b",
        r"what happens (?:when|today|now)|what's behind|what do you use (?:now|today)",
        (
            r"(?:anyone|anybody|anything|someone|something|who) else\b|(?:have|had|"
            r"did) you (?:ever )?look"
        ),
        (
            rf"(?:have|had|did|do) you (?:have|use|try|tried|considered) {_SOME}{{0,2}}(?:before|"
            rf"today|now)"
        ),
        (
            rf"how (?:are|do|does|did) you(?: guys| all| folks)? {_SOME}{{0,3}}(?:today|now|"
            rf"currently)\b"
        ),
        r"how do you (?:guys )?(?:keep|track|handle|manage|run|plan|deal|know|make sure|find)\b",
        rf"(?:have|did|do) you {_SOME}?(?:try|tried|consider|considered|evaluate|evaluated|look)",
        r"which (?:systems|tools|vendors|products|others|options)|where (?:do|does|is|are) \w",
        r"what (?:started|worries|bothers|hurts|breaks|goes wrong|keeps you)|headache|missing\b",
        r"is that what (?:started|led|brought|made)|(?:a|the) picture of|tell me about\b",
        r"what have you tried\b|what went wrong\b|sound familiar\b|why is that\b",
    ),
    SUCCESS_IN_THEIR_WORDS: (
        rf"(?:success|win|good|great|done|ideal) {_SOME}{{0,3}}(?:look|looks|mean|means)\b",
        r"success (?:would|will) be\b",
        rf"what {_SOME}{{0,5}}(?:success|win|outcomes?|goals?|targets?|criteria|kpis?)\b",
        r"(?:non-?negotiables?|must[- ]haves?|hard stops?|deal[- ]?breakers?|gating items?)\b",
        r"(?:slo|sla|error budget|acceptable|target|requirements? (?:for|around|on))\b",
        rf"what (?:would|do) (?:you|it) {_SOME}{{0,3}}(?:need to see|take for|hope to|hoping)\b",
        r"what do you want to (?:achieve|see|reach)\b",
        rf"(?:what|where) {_SOME}{{0,3}}(?:want|need) to be\b|what matters\b",
        rf"when (?:are|do|would|were) you {_SOME}{{0,2}}(?:decide|hoping|need|want|go live)\b",
        r"how (?:would|will|do|did) (?:you|we|i) (?:\w{1,8} )?(?:know|measure|judge|tell)\b",
        r"what (?:would|will) (?:tell|show|convince|make) you|what(?:'s| is) the goal|you'd want\b",
        (
            r"what (?:does|would|will|should) \w{1,10} look like|what would you (?:be|like|want|"
            r"expect)\b"
        ),
        r"what (?:would|will|should|has to|must) (?:be|change|improve|happen)\b|to say yes\b",
        r"what does (?:it|this|that) have to (?:do|be)|(?:a|one) year from now\b",
        r"(?:would have to|need to) be true|to be different|worth it\b|money well spent",
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
        r"when (?:do|does|can|will) (?:i|we)\b|what if (?:we|it|i)\b|what happens if\b",
    ),
    CUSTOMER_COMMITMENTS: (
        r"what (?:are|will) you (?:\w{1,8} ){0,2}do (?:until|before|next|by)\b",
        rf"(?:can|could|will|would) you {_SOME}?(?:send|share|provide|get|confirm)\b",
        rf"(?:can|could|will|would) you {_SOME}?(?:bring|export|check with|set up|introduce)\b",
        r"when (?:can|could|will|would) you\b",
    ),
}
"""Rows as in the tables of cues: patterns over the folded question, each from a word's start."""

INVITING = re.compile(
    r"\b(?:(?:tell|walk|talk) (?:me|us)|(?:love|like) to (?:hear|understand|know)"
    r"|money well spent|(?:a year|months?) from now|magic wand|it's next \w{3,9})\b",
    re.IGNORECASE,
)
"""What asks without being a question."""

ASKED_BY = {
    STORY: Side.VENDOR,
    VISION: Side.VENDOR,
    WHY_THEY_BOUGHT: Side.VENDOR,
    SUCCESS_IN_THEIR_WORDS: Side.VENDOR,
    CUSTOMER_COMMITMENTS: Side.VENDOR,
    WHAT_WAS_PROMISED: Side.CUSTOMER,
}
"""The side whose question can be answered with this field: always the other one."""


def asked(question: Sentence, *, by: Side) -> frozenset[str]:
    """The fields that a question of that side asks for; none where it is no question."""
    if not (acts.is_question(question.text) or INVITING.search(question.text)):
        return frozenset()
    folded = acts.fold(question.text)
    return frozenset(
        field for field, side in ASKED_BY.items() if side == by and _pattern(field).search(folded)
    )


@cache
def _pattern(field: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(ASKS[field])})")
