"""What binds the speaker: undertakings, offers, terms, times."""

from service.extract.local.act import Act
from service.extract.local.figures import NUMBER, SPAN

SOON = (
    r"(?:also |then |just |definitely |certainly |probably |personally |gladly |now |"
    r"be able to |actually |absolutely |try to |try and |make sure to |be sure to |"
    r"go ahead and |make sure (?:that )?(?:we |i |you )?|be happy to |of course |"
    r"still |do our best to ){0,2}+"
)
"""What may stand between "I'll" and its verb."""

WE = r"(?:i|we|my team|our team|the team|our \w{1,15} team|our \w{1,15})"
FREE = (
    r"(?<!if )(?<!unless )(?<!whether )(?<!don't think )(?<!than )(?<!because )(?<!suppose )"
    r"(?<!maybe )(?<!perhaps )"
)
"""What may not stand before "we will": there it is no undertaking of its own."""

WILL = (
    r"(?:'ll| will| shall|'m going to| am going to|'re going to| are going to|"
    r" is going to|'m gonna| am gonna|'re gonna| are gonna|"
    r"(?:'re|'m| are| am) also going to)"
)
IDLE = (
    r"(?!see\b|be\b(?! (?:sending|in touch|working|adding|reaching|sharing|following|"
    r"getting|rolling|preparing|providing|there\b|on site|back to you|back with|ready (?:by|"
    r"on|for)))|need\b|have\b(?! (?:it|this|that|them|something|someone|somebody|our|"
    r"my|a|an|the|all|every|both|your|\d{1,4})\b)(?! \w{2,15} (?:look|call|send|check|reach|ring|"
    r"set|email|contact|review|follow|prepare)\b)|want\b|think\b(?! about)|bet\b|guess\b|admit\b|"
    r"say\b|assume\b|"
    r"pass\b|never recognize|find out\b(?! (?:for|from))|end up\b|know\b|move on|"
    r"start (?:with|by|off|us|there|here)\b|start$|wait\b|hold\b(?! (?:the|that|this|your|"
    r"our) (?:price|rate|"
    r"quote|offer|discount|slot|date|place|seat|spot))|stop\b|pause\b|quick\b|turn (?:it|"
    r"things)|hand (?:it|this|things) (?:over|to)|kick (?:us |things )?off|jump\b|"
    r"hop\b|listen\b|throw\b(?! in\b)|let you\b|show you (?:a|the|how|what|that|now|quickly|"
    r"something|here)|share my|go (?:first|around|through|over|back|into|deeper)|"
    r"take (?:it from|a minute|a second|that as)|give you (?:a (?:quick|brief|bit|"
    r"minute|second|sense|flavor)|some (?:background|context))|not\b|never be\b|"
    r"get (?:to|into)|talk about\b|walk (?:you )?through (?:it|this|that|the (?:agenda|"
    r"slides|deck|demo))|ask\b(?! (?:\w{1,15} ){1,3}(?:to|about|for|who))|just\b|call it|"
    r"put it\b(?! (?:before|to|in|on|into|through)\b)|leave it|tell you\b|tell everyone\b|"
    r"(?:just )?(?:say|tell)\b|fill (?:him|her|them|you|everyone) in|write (?:\w{1,10} )?down|"
    r"write (?:it|that|this) down|note (?:it|that|this|down)|take over$|take over(?=[.,!])|"
    rf"take (?:{NUMBER}\b|better|more|less|two|that$|that\.|it$|it\.)|(?:jump|drop|ring|hang|sign) "
    r"off(?! on)|read (?:it|that|this) out|try (?:that|this)\b(?! today)|troubleshoot|assist\b|"
    r"guide\b|explain\b|verify\b|"
    r"help (?:you )?(?:with|guide|out|understand|today)|help you$|look (?:it|that|this|them) up|"
    r"run (?:a|another|some) (?:\w{1,12} )?(?:test|diagnostic|check|scan)|give (?:it|that|this|"
    r"my) |"
    r"take (?:\w{1,12} ){1,4}into (?:\w{1,12} )?consideration|proceed|do the same|mute|be quiet|"
    r"like\b|love\b|hate\b|lose\b|miss\b|probably be|summari[sz]e|"
    r"recap|repeat|restate|defer\b|settle|survive|simply be|add\b[:,]|consider\b|"
    r"keep (?:an eye|that in|it in|this in)|face\b|go with\b|guide\b|always\b|all\b|"
    r"use\b|mention|note that|point out|speak for|agree|bear|come (?:to|back to)|"
    r"deal with|run into)"
)
"""Verbs after "I'll" that bind nobody: the talk itself, states of mind, idioms."""

DO = (
    r"(?:send|share|get|set|put|make|give|provide|include|add|arrange|schedule|book|"
    r"build|check|confirm|find|look into|escalate|connect|introduce|email|e-mail|mail|"
    r"forward|follow up|prepare|draft|write|offer|extend|waive|credit|refund|guarantee|"
    r"commit|start|begin|pilot|deliver|ship|enable|support|document|review|propose|"
    r"suggest|customi[sz]e|train|configure|migrate|import|export|provision|ask|call|"
    r"bring|fix|help|walk|expedite|process|cover|honor|honour|lock|hold|reserve|assign|"
    r"update|run|do that|do it|meet|match|reduce|lower|allow|turn on|switch|integrate|"
    r"pull|show|jump on|join|have (?:it|this|that|someone|somebody|them|our|the)|"
    r"throw in|tell|loop|map|create|load|move|produce|generate|adjust|tune|develop|design|issue|"
    r"come|visit|lend|sit down|stay|teach|record|print|deliver|drive|swap|install|"
    r"return|replace|pay|host|invite|notify|test|analy[sz]e|backfill|rebuild)"
)
"""Verbs of doing something for somebody."""

BINDING: dict[Act, tuple[str, ...]] = {
    Act.UNDERTAKING: (
        rf"{FREE}{WE}{WILL} {SOON}{IDLE}[a-z]",
        rf"{WE} (?:promise|commit|guarantee|undertake|pledge)\b(?! to you that it)",
        (
            r"(?:i|we)(?:'m| am|'re| are) (?:sending|emailing|putting together|getting (?:you|"
            r"this|that)|setting (?:this|that|it|you)|looping|arranging|preparing|drafting|"
            r"working (?:on (?:it|this|that|a|your)|to))"
        ),
        (
            r"(?:will (?:send|do|share|follow up|get back|circulate|revert|confirm|forward|"
            r"update you)\b)"
        ),
        rf"{WE} never (?:train|share|sell|store|charge|use)",
        (
            r"(?:we're|we are|i'm|i am) committed to|you have my word|(?:we'd|"
            r"we would) (?:credit|refund)\b"
        ),
        (
            r"(?:i'm|we're|i am|we are) (?:able|willing|prepared|happy) to (?:offer|give|extend|"
            r"waive|"
            r"do|include|add|throw|hold|lock)\b"
        ),
        r"our \w{2,15} \w{2,15} will (?!be |not |see |need |have )[a-z]",
        rf"i(?:'ve| have) asked \w{{2,15}} to {DO}\b",
        rf"(?:he|she)(?:'ll| will) (?:also |then )?{DO}\b",
    ),
    Act.SPARING: (
        (
            r"(?:we|i)(?: won't| will not|'ll not| will never) (?:charge|bill|invoice|increase|"
            r"raise|"
            r"train|share|sell|store|ask|contact|call|use|touch|change|start|sign|move|let|leave|"
            r"publish|name|disclose|bother|switch|delete|renew|send|lock|keep)\b"
        ),
    ),
    Act.BENEFIT: (
        (
            r"(?:you'll|you will|you're going to|you are going to|you shall) (?:both |all |"
            r"each )?(?:have|get|receive|hear|be getting)\b"
            r"(?! (?:to see|(?:\w{1,10} )?(?:visibility|insights?|views?|alerts|clarity|"
            r"transparency|"
            r"picture|control|confidence|results?|value)|better|real-?time|notified|the ability|a "
            r"sense|a feel|used to|problems?|questions?|more)\b)"
        ),
        r"you won't (?:be (?:charged|billed)|pay)|(?:you'll|you will) see (?:it|this|that) in\b",
        r"expect (?:an?|the|my) (?:e-?mail|call|message|draft|quote|proposal)\b",
        r"(?:you can|you may) (?:count on|hold (?:me|us) to|cancel|expect)\b",
    ),
    Act.HANDOVER: (
        (
            r"let me (?:go ahead and |also |just )?(?:connect|check with|check on|check (?:and|"
            r"whether)|put (?:you|together|a|that)|escalate|get (?:you|back|that|this|a|the|"
            r"someone|our)|find out|look into|confirm|send|talk to|speak to|follow up|arrange|"
            r"take that|set (?:up|you)|introduce|loop|ask(?! (?:you|it|this|that|a|one|another)\b))"
        ),
        (
            r"let's (?:reconnect|meet|schedule|set up (?:a|some) (?:call|time|meeting|session)|"
            r"book|do (?:mon|tue|wed|thu|fri)|"
            r"plan (?:on|for)|touch base|regroup)"
        ),
        r"^(?:looping|cc'?ing|adding) (?:in )?\w",
    ),
    Act.OFFER: (
        (
            rf"{WE} (?:can|could|might|may|would|'d) (?:also |certainly |definitely |then |"
            r"easily |probably |always |absolutely |even ){0,2}(?:be happy to |be glad to |"
            rf"be able to |love to |like to )?{DO}\b"
        ),
        rf"(?:i'd|we'd|i would|we would) (?:be happy to |be glad to |also ){{0,2}}{DO}\b",
        r"(?:happy|glad) to \w|(?:would you like|do you want|want) (?:me|us) to",
        r"would it (?:help|be (?:useful|helpful|easier|good|okay)) if (?:i|we)\b",
        r"(?:would it help|how about|what) if (?:i|we)\b|how about (?:i|we)\b",
        r"(?:shall|should) (?:i|we) \w|(?:i|we) can (?:do|have)\b",
    ),
    Act.CAPABILITY: (
        (
            r"(?:we|it|you|this|that) (?:can|could) (?:also |certainly |definitely |easily |"
            r"probably |"
            r"always |absolutely |even ){0,2}(?:integrate|support|import|export|pull|map|handle|"
            r"tune|"
            r"run|process|show|detect|flag|track|scale|connect (?:to|with|into)|work with|sync|"
            r"analy[sz]e|generate|produce|read|identify|deploy|look (?:at|into)|explore|focus|"
            r"consider|discuss|continue|factor)\b(?!.{0,60}?\bfor you\b)"
        ),
    ),
    Act.ROADMAP: (
        (
            r"(?:we're|we are|we'll be|we will be|they're) (?:\w{1,12} ){0,1}(?:rolling out|"
            r"adding|launching|releasing|shipping|building|introducing|planning to (?:ship|"
            r"release|launch|add|support)|on track)"
        ),
        r"(?:rolling|going|shipping|landing) (?:out|live)\b",
        (
            r"(?:we|it|that|this|the \w{1,15}) (?:should|expect to|plan to|aim to) (?:be|have|"
            r"ship|release|land|deploy|get) (?:\w{1,12} ){0,4}"
            r"(?:by|in|on|at|within|before|ready|live|fixed)\b"
        ),
        (
            r"(?:we're|we are) (?:targeting|aiming for|planning to)\b|our plan is to|(?:the |"
            r"our )?target is\b"
        ),
        r"(?:eta|target date|rollout|release) (?:is|of)\b",
        r"on (?:our|the) roadmap (?:for|in)\b|coming (?:shortly|soon|in|next|out)\b",
        (
            r"(?:will be|goes|go|going) (?:generally )?(?:available|live|ga|released|shipped|"
            r"out)\b"
        ),
        r"(?:ships|launches|lands|arrives|releases) (?:in|on|by|next|this|with)\b",
        r"(?:will|'ll) (?:be|stay|remain) (?:\w{1,10} )?for (?:at least |another )?",
        r"(?:will|'ll|should) (?:reach|be with|get to|arrive|land)\b|has committed to\b",
        r"(?:is|are) (?:planned|scheduled|slated|targeted|due) for\b",
    ),
    Act.TERM: (
        rf"{NUMBER} (?:per ?cent )?(?:off|less) (?:for|if|on|the|your|as|in)\b",
        r"(?:no charge|pay nothing|no obligation)\b|you (?:don't|do not|won't) (?:pay|owe)\b",
        r"(?:number|price|rate|offer|quote) (?:stands|is good|is valid)\b|(?:fixed|capped) at\b",
        (
            r"(?:leave|stop|quit|cancel|terminate) at any (?:time|point)|what i can (?:do|offer|"
            r"sign|give)\b"
        ),
        r"\d{1,2}(?:%| per ?cent) (?:off|discount)|month-to-month|without penalty|out clause",
        r"(?:first|last|one|two|three|\d) months? (?:free|on us)|at the same (?:price|rate)",
        r"(?:price|rate) (?:stays|is fixed|is locked|holds)|net[- ]\d\d\b|pro-?rat(?:e|ed)\b",
        (
            r"no (?:extra|additional|hidden|setup|set-up|cancell?ation|onboarding|overage) "
            r"(?:fee|charge|cost)"
        ),
        r"(?:at )?no (?:extra|additional) (?:cost|charge)|free of charge|at no charge",
        (
            r"(?<!that's )(?<!that is )(?<!it's )on (?:us|the house)\b|for free\b|(?:full|partial|"
            r"pro-?rated) refund|money[- ]back"
        ),
        r"covered (?:by|under) (?:the|our|your)|no charge for|you (?:can )?walk away\b",
        (
            r"(?:is|are) free\b|free (?:until|for the|trial|month)|"
            r"you get (?:\w{1,12} ){1,5}back\b|refund (?:you|the|any|your)|service credits?|"
            r"cancel (?:at )?any ?time"
        ),
        r"opt[- ]out clause|right to (?:cancel|terminate|leave)",
        r"terminate (?:at|with|without)|(?:is|are|comes?|all) included",
        r"(?<!to )includes? (?:everything|all|our|your)\b|price[- ]lock",
        r"locked in|grandfather|waived?\b|(?:uptime|availability) (?:sla|guarantee)",
        r"sla (?:is|of)\b|guaranteed?\b",
        r"your data (?:stays|never leaves|remains|is (?:never|not))",
        r"never (?:train|share|sell|leaves)",
        r"dedicated (?:\w{1,12} ){0,2}(?:manager|engineer|contact|csm|support)",
    ),
    Act.DELIVERY: (
        (
            r"(?:implementation|onboarding|set-?up|rollout|roll-out|migration|delivery|"
            r"training|go-?live|integration|deployment|installation|turnaround|response) "
            r"(?:time )?(?:is|takes|will take|would take|should take) "
            rf"(?:\w{{1,12}} ){{0,3}}{NUMBER}"
        ),
        r"(?:start|begin|live|up and running|ready) (?:as (?:early|soon) as|by|next|this)\b",
    ),
    Act.DURATION: (
        (
            r"(?:in|within|takes?|about|around) (?:about |around |just |under |only |"
            rf"less than )?{NUMBER}(?: to {NUMBER}|-\w{{1,5}})? {SPAN}"
        ),
        rf"{NUMBER} {SPAN}[.!]?$",
        r"^(?:by|on|before|within) (?:\w{1,12} ?){1,4}[.!]?$",
    ),
    Act.PLAN: (
        r"(?:my|our) (?:\w{1,12} ){0,2}(?:team|engineers?|colleagues?|people|crew) \w{2,12}s?\b",
        (
            r"(?:i|we) (?:send|present|deliver|come|visit|call|bring|meet|start|prepare|delete|"
            r"hand|"
            r"give you|replay|load)\b"
        ),
        (
            r"(?:it|that|this|the \w{2,15}|the \w{2,15} \w{2,15}) (?:goes|comes|ships|lands|"
            r"arrives|starts|begins|gets) (?!to the|down|wrong|back)"
        ),
        (
            rf"(?:\(\d\) |\d[.)] |- )?we (?:then |also |always )?(?:{DO}|sync|set|train|"
            r"onboard|measure|test|sign)\b"
        ),
        rf"\(\d\) (?:we )?{DO}\b|(?:week|month|day|phase|step) {NUMBER}\b|then we \w",
        rf"(?:after|within|in) {NUMBER} {SPAN},? (?:we|you)\b",
        r"you(?:'d|'ll| would| will)? (?:get|receive|decide)\b",
    ),
}
