"""What keeps a sentence from being an item: refusals, talk about the talk, courtesy, sarcasm."""

from service.extract.local.act import Act
from service.extract.local.figures import NUMBER

_UNABLE = (
    r"(?:be able|be in a position|commit|promise|guarantee|do\b|offer|go lower|match|make|have\b|"
    r"know|see|get\b|need|provide|support|build|be (?:ready|available|done|possible|live)|reach|"
    r"manage|hit\b|meet\b)"
)
"""What "we will not" withholds; anything else is spared the listener: "we will not bill you"."""

BARRING: dict[Act, tuple[str, ...]] = {
    Act.REFUSAL: (
        (
            r"(?:can't|cannot|can not|couldn't|won't be able to|unable to|not able to|"
            r"not going to|not in a position to|don't want to|wouldn't|would not|hesitant to|"
            r"not allowed to|not comfortable) (?:\w{1,12} ){0,2}(?:commit|promise|guarantee|"
            r"give you a date|say when|make any|make that|offer|do that|do it|provide|share|"
            r"go lower|match)"
        ),
        (r"(?:i|we) (?:don't|do not),? (?:[^.?!]{0,80}, )?(?:think|believe|expect|know if)\b"),
        r"no (?:plans|commitment|promises?|guarantees?)\b",
        (
            r"(?:i|we) (?:won't|can't)[.,]|(?:i|we) (?:won't|will not|shall not|"
            rf"shan't) {_UNABLE}"
        ),
        rf"(?:i|we)(?:'ll not {_UNABLE}| will never be able\b)",
        (
            r"don't (?:hold (?:me|us) to|quote (?:me|us)|have (?:a|any) (?:date|eta|timeline|"
            r"plans))"
        ),
        r"(?:i'm|we're) not (?:promising|committing|guaranteeing)",
        r"that's not something (?:we|i)|unfortunately|if it were up to me|if i had my way",
        r"(?:can't|cannot) (?:say|tell you)(?: yet|,? when|,? if)\b",
    ),
    Act.DONE: (
        (
            r"(?:i've|we've|i have|we have|they've) (?:just |already |also |now ){0,2}(?:sent|"
            r"shared|emailed|added|attached|updated|set|booked|scheduled|applied|requested|"
            r"included|fixed|resolved|enabled|created|put|customi[sz]ed|done|cleared|confirmed)"
        ),
        r"(?:i|we) (?:already|just) \w{2,12}(?:ed|t)\b|as promised\b",
        r"(?:attached|attaching|enclosed) (?:is|are|you|:|please)?",
        r"already (?:sent|done|live|in place|taken care)",
    ),
    Act.META: (
        (
            r"(?:i'll|i will|let me|let's|we'll|i'm gonna) (?:just )?(?:tell you|tell it|"
            r"be (?:quick|brief|short)|share (?:my|the) "
            r"screen|start (?:with|by|off)|go first|keep (?:it|this) (?:quick|brief|short|low)|"
            r"show you|pull up|jump (?:in|right|into)|dive|back up|recap|pause|hand (?:it|this|"
            r"things)|turn it over|introduce myself|walk through|step back|say|finish|"
            r"stop sharing|mute|get (?:started|going|right|into)|move on|see (?:if|what|how)|"
            r"try to restate|summari[sz]e|take a quick look|take notes|repeat|rephrase|"
            r"ask you (?:a|one|another|this)|give (?:it|him|her|them) a (?:second|minute)|"
            r"figure)"
        ),
        r"(?:i want to be|i'm) mindful of time|before we (?:jump|go|hang)",
        r"can (?:you|everyone) (?:see|hear)|you're on mute|bear with me",
        r"give me (?:a|one) (?:second|sec|moment|minute|few)|(?:quick|today's) agenda",
        r"(?:if|when|in case) (?:i|we|she|he) (?:drop|freeze|get cut|cut out|lose)",
        r"(?:to|with|for|the|a|an|and|of|my|your),? (?:…|\.\.\.)",
        r"on today's call|thanks for (?:joining|making|taking)|one (?:second|moment) please",
        r"hold on",
        r"(?:glad|happy|great) (?:that )?we (?:could|can|got|had|were)\b|step by step",
        r"we (?:can|could) (?:talk|cover|discuss|go over|speak|chat|start (?:with|diving))\b",
        (
            r"^(?:yes,? |okay,? |sure,? )?(?:i|we)(?:'ll| will) (?:definitely )?do (?:that|it|"
            r"so)[.!]?$"
        ),
        (
            r"let me (?:just )?(?:check|see|look)(?: on| into| at)? (?:that|it|"
            r"this)(?: for you)?[.,]?$"
        ),
        (
            r"let's (?:start|begin|get going|get started)\b|here's what (?:i|we)|(?:i've|i have|"
            r"i) got to (?:go|run|leave|jump)|gotta (?:go|run)|let you go"
        ),
        (
            r"(?:i'll|let me) (?:quickly )?(?:pull (?:up|that up)|look (?:that |it )?up|"
            r"bring up|open)"
        ),
        r"talk (?:to you )?(?:then|soon|later)",
        r"see you (?:then|on|at|soon|there|mon|tue|wed|thu|fri)|speak soon",
    ),
    Act.TAKEN_BACK: (
        r"(?:scratch|strike) that\b|forget (?:that|what i|i said|about that)|never ?mind\b",
        r"i (?:misspoke|take that back|was wrong|meant\b|stand corrected)|my mistake\b|wait,? no\b",
        r"(?:actually|sorry|oh|ah)(?:,? \w{2,12})?,? no[.,!]|no,? wait\b|^correction\b",
        r"sorry,? (?:that's|that was|it's|i meant|not)\b|that (?:was|is|'s) (?:wrong|not right)\b",
        rf"^no, (?:make (?:it|that) )?{NUMBER}\b|let me correct (?:that|myself)",
    ),
    Act.COURTESY: (
        r"always here|here (?:to help|for you|if you)|(?:please )?feel free|don't hesitate",
        r"let me know if|look(?:ing)? forward|have a (?:great|good|nice|lovely|wonderful)",
        r"take care(?! of)|best (?:regards|wishes)|kind regards|my pleasure",
        r"(?:i'd|i'll|i would|i will) be (?:more than )?(?:happy|glad) to (?:help|assist)",
        r"do (?:my|our) best|at your (?:disposal|service)|reach out (?:any ?time|if)",
        r"we hope\b|glad to hear|i can (?:definitely |certainly )?help (?:you )?with",
        r"do (?:everything|all) (?:we|i) can|diligently|rest assured|your (?:feedback|suggestion)",
        r"sincerely|we appreciate your|^(?:\w{1,8},? ){0,2}thank(?:s| you)\b[^,]{0,50}$",
    ),
    Act.SUMMARY: (
        r"(?:so )?what i(?:'m hearing| heard| hear|'ve heard)",
        r"to (?:recap|summari[sz]e|play (?:that|it) back)|(?:quick )?recap\b",
        r"you (?:mentioned|said|told|called out|described|shared)",
        r"(?:if i|did i) (?:understand|hear|get)|sounds like you",
        r"so you(?:'re| are| need| want| have|'ve)\b",
        r"you(?:'re| are) (?:looking (?:for|to)|trying to|currently|struggling)",
        r"key requirements?:|in other words,? you",
        r"your (?:goal|priority|requirement|criteria|success)\w* (?:is|are)\b",
    ),
    Act.TYPICAL: (
        (
            r"(?:typically|usually|generally|on average|in practice|tend to|"
            r"most (?:of our )?(?:customers|clients|teams|companies))\b"
        ),
        r"(?:one|some|many|several|all|a lot|most) of our (?:customers|clients)",
        (
            r"(?:other|our) (?:customers|clients) (?:\w{1,12} ){0,1}(?:see|saw|get|got|have|"
            r"report)"
        ),
        r"teams (?:like|your size)|case stud(?:y|ies)|you'd (?:probably )?(?:see|expect)",
    ),
    Act.SARCASM: (
        r"yeah,? right\b|oh,? (?:great|wonderful|joy|fantastic)[,.!]|as if\b",
        r"eat my (?:\w{1,8} )?(?:hat|shoe|keyboard|words)|dance on (?:your|the) (?:desk|table)",
        r"famous last words|sure (?:you|they|it) (?:will|would|can)\b",
        r"because that (?:worked|went) (?:so|really) well|just what (?:we|i) needed",
        r"what could (?:possibly )?go wrong|i'll believe it when|when (?:hell|pigs)",
        r"(?:oh,? sure|oh,? yeah|oh,? of course|ha|haha|lol)[.!,]",
        r"lucky (?:me|us)\b|thanks a lot for nothing",
    ),
    Act.HYPOTHETICAL: (
        r"if you (?:could|can|would|were to|guys could|promised?|could promise)\b|what if\b",
        (
            r"think about (?:it|this|that)[.,]?$|would be nice|it'd be nice|i wish\b|"
            r"imagine (?:if|a)|hypothetically"
        ),
        r"suppose (?:we|you|i|that)|in theory|in an ideal world|one day\b|someday",
        r"would have (?:been|to)|might (?:want|need)",
    ),
}
