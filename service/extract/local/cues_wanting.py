"""What good looks like: needs, goals, limits."""

from service.extract.local.act import Act
from service.extract.local.figures import NUMBER, SPAN

_TRULY = r"(?:really |also |just |still |definitely |certainly |mainly ){0,2}"
_REACH = (
    r"(?!talk|ask|say|hear|learn|understand|discuss|explore|schedule|set up|book|thank|speak|meet|"
    r"check|confirm|clarify|know (?:if|whether|what|how|more)|think|go back|jump|add|mention|raise|"
    r"bring up|come back|share|flag|point|introduce|look|take|wait|apologi|interrupt|sound|give|"
    r"tell|call|start by|understand|revisit|circle|follow|loop|get back|run|see (?:a|"
    r"the) demo)\w{2,15}"
)
"""What somebody wants to reach; to talk, to ask and to learn are no outcome."""

WANTING: dict[Act, tuple[str, ...]] = {
    Act.NEED: (
        (
            r"(?:we|they|our \w{1,15}|our \w{1,15} \w{1,15}|the (?:team|board|business|"
            r"business side)|legal|security|procurement|compliance|it|everything|(?!(?:i|you|"
            r"to|not|basic|these)\b)\w{1,12}) (?:really |also |do |just |absolutely |still |"
            r"definitely |would |will ){0,2}(?:needs? (?!\w{2,12}ing\b)(?:to have|to be|to work|"
            r"to know|"
            r"to understand|to see|to show|to meet|to hit|to support|to keep|to get|a|an|the|"
            r"our|that|this|it|(?!to\b)(?!someone|help|some help|your help|more time)\w))"
        ),
        (
            r"(?:we|our \w{1,15}|they)(?:'d| would| also| really| do| just| still| absolutely|"
            r" definitely| ideally){0,2} (?:want|require|prefer|insist|care about|expect|"
            r"like (?:to (?:have|be|see|get|keep|reach|reduce|cut|avoid|decide|go live|start|"
            r"launch)|it|a|an|the|our))\b(?! to (?:talk|ask|say|thank|mention))"
        ),
        (
            r"(?:we|they)(?:'d| would) like (?:to (?:have|be|get|keep|reach|reduce|cut|avoid|"
            r"decide|go live|start|launch|prevent)|a|an|the|our)\b"
        ),
        (
            r"(?:we|they)(?:'re| are) (?:pushing|looking|hoping|aiming|shooting|asking) (?:for|"
            r"to)\b(?! (?:a )?(?:call|meeting|forward))"
        ),
        r"(?:we|they|our \w{1,15}) (?:don't|do not|never) want\b",
        (
            r"(?:we|they) (?:can't|cannot|can not|must not|won't) (?:have|allow|accept|store|"
            r"use|send|sign|move|go live|tolerate|live with|afford)\b"
        ),
        (
            r"(?<!i )(?<!you )(?<!you'll )(?<!i'll )(?:must|has to|have to|needs to|need to|"
            r"got to|gotta) (?:not |never |be |have |support |stay |work |integrate |meet |"
            r"pass |comply |match |include |come |go |run |fit |keep )"
        ),
        (
            r"(?<!i )(?<!you )must (?:not |never |also |be |only )?(?!say|admit|confess|have been|"
            r"joking)\w"
        ),
        r"(?:it|that|this|there|everything) (?:also |just )?(?:has|have|needs) to \w",
        (
            r"(?:no|nothing|nobody|no one|none)(?: \w{1,12}){0,3}? (?:may|must|should|shall|"
            r"leaves?|"
            r"(?:\w{1,10} )?(?:longer|more|later|less) than)\b"
        ),
        (
            r"(?:mustn't|may not|won't|wouldn't|will not) (?:accept|use|touch|adopt|tolerate|sign|"
            r"agree|approve)"
        ),
        (
            r"mustn't \w|(?:it|they|this|that|which|data) may (?:not|never)\b|precondition|"
            r"condition for us\b"
        ),
        r"the test (?:for \w{2,10} )?is\b|hold you to\b",
        r"no more \w{3,15} (?!than)|should (?:only|always|never|not|be able)\b",
        (
            r"(?:regulator|auditors?|board|council|committee|union|insurer|bank|law|policy|"
            r"regulation|ceo|cfo) (?:\w{1,8} )?(?:expects?|requires?|demands?|insists?)\b"
        ),
        r"(?:legal|hard|firm) (?:obligation|requirement|condition)|(?:not|n't) optional\b",
        (
            r"(?:forget it|non-?starter|no point|won't even|(?:i|we)(?:'m|'re) out)\b"
            r"|(?:will|'ll|would) (?:block|veto|reject|kill) (?:it|this)\b"
        ),
        r"i (?:can't|cannot) (?:have|allow|accept|afford|risk|sign)\b",
        (
            r"what (?:i|we)(?:'d| would) (?:really )?(?:want|call|like|need|love)\b"
            r"|(?:thing|part|bit) (?:that )?(?:i|we)(?:'d| would)? (?:really )?(?:like|want|need)\b"
        ),
        r"must[- ]haves?\b|non-?negotiables?|deal[- ]?breakers?",
        r"(?<!have a )(?<!got a )hard stop|hard (?:requirement|limit|deadline)|show-?stopper",
        (
            r"(?:therefore |hereby )?requires? that\b|"
            r"no \w{2,12} is (?:ever )?(?:\w{1,12} ){1,5}again\b"
        ),
        r"(?:it's|that's|it is|that is) a no(?:-go)?\b|\w{2,6}-only\b",
        (
            r"(?:is|are|'s|'re) (?:also |absolutely |really |non-optional |"
            r"always )?(?:required|mandatory|essential|critical|crucial|a must|a requirement|"
            r"paramount|key for us|not (?:acceptable|an option|negotiable))\b"
        ),
        r"(?:is|are) (?:acceptable|okay|ok|fine) (?:if|as long as|only)\b|as long as\b(?! i\b)",
        (
            r"(?:the|our|my|one|another|biggest|main|key|number one) "
            r"(?:\w{1,12} ){0,3}(?:important part|main thing|key thing|big one|requirements?|"
            r"constraints?|priorit(?:y|ies)|concern|risk|criteri(?:a|on)|condition) (?:for us |"
            r"here )?(?:is|are|would)\b"
        ),
        (
            r"(?<!this is )(?<!that's )(?<!exactly )what (?:matters|i(?:'m| am) after|we(?:'re|"
            r" are) "
            r"(?:looking for|after)|we (?:need|want|care)|i need|i want)\b"
        ),
        r"matters (?:most|to us)",
        (
            r"i need (?:it|this|that|the|a|an|our|us|my|to be able|to (?:show|know|prove|"
            r"see))\b"
        ),
        r"it's a problem (?:if|when)",
        r"if \w.{0,120}?\b(?:it's|that's|it is|that is) (?:a|an) (?:problem|issue|no)\b",
    ),
    Act.WISH: (
        (
            r"i (?:don't|do not|never) want (?!to (?:interrupt|waste|take|hold|keep|bother|sound|"
            r"rush|be rude|get ahead|speak|put words|say|go into|cut)\b)\w"
        ),
        (
            rf"i(?:'d| would)? {_TRULY}(?:want|need) (?:to {_REACH}(?! it\b)|a|an|the|our|it|us|"
            r"my|one|two|every|everything|something that|somebody who|someone who|that|this)\b"
            r"(?! (?:demo|call|meeting|help|copy|quote|minute|moment|second))"
        ),
        (
            rf"i(?:'d| would) {_TRULY}like (?:to {_REACH}|a|an|the|it|us|our|my)\b(?! (?:demo|"
            r"call|meeting|on the record))"
        ),
        rf"i(?:'d| would)? {_TRULY}(?:prefer|expect|insist)\b(?! (?:a )?(?:call|meeting|to talk))",
        r"i(?:'m| am) (?:\w{1,8} )?(?:looking|hoping|aiming|asking) (?:for|to)\b(?! (?:hear|talk))",
        r"(?:is|are|'s) (?:\w{1,8} )?important (?:to|for) (?:me|us)|matters (?:\w{1,4} ){0,2}to me",
        r"(?:something|one thing|all) (?:that )?(?:i|we) (?:really |definitely )?(?:want|need)\b",
        (
            r"would be (?:the )?ideal\b|(?:i|we) (?:want|need) (?:it|that|this) (?:to|down|up|"
            r"under|in)"
        ),
        r"(?:ideally|at a minimum|bare minimum|the bar is|what good looks like)\b",
        r"(?:we|i|they)(?:'d| would) (?:sleep|feel|breathe|be) \w{3,9} (?:if|when|once)\b",
        (
            r"(?:they|you)(?:'d| would) (?:also )?(?:need|have) (?:to|a|an|the|every\w{0,4}|"
            r"at least|some)\b"
        ),
        r"(?:we|i)(?:'d| would) (?:need|want|expect|have) (?:to|a|an|the|it|at least|some)\b",
        r"(?:success|acceptance|exit|pass) criteri(?:a|on)",
        r"that would be (?:a success|success|enough)|make sure (?:we|our|that|the|it|nobody)",
    ),
    Act.AVERTED: (
        (
            r"(?:want|wants|need|needs|like|love|prefer|make sure|making sure|ensure|hope|hoping|"
            r"looking|goal|must|have to|has to|should)\b.{0,80}?(?<![\w'])(?:not|never|no longer|"
            r"no "
            r"more|without|avoid|avoiding|minimi[sz]e|reduce|lower|cut|less|fewer|stop|stopping|"
            r"prevent|eliminate|get rid|away from|protect|protected|instead of|fix|solve|nobody)\b"
        ),
        r"(?:i|we) (?:don't|do not|never) want\b",
    ),
    Act.GOAL: (
        (
            r"(?:more|less|longer|later|slower|worse|fewer|"
            r"anything \w{2,12}) (?:\w{1,12} ){0,5}and "
            r"(?:i|we|it|that)(?:'s|'re|'m| can't| cannot| won't| leave| walk)\b"
        ),
        r"(?:nothing|no \w{2,12}) (?:\w{2,9}er|less|more|worse) than\b",
        r"call (?:it|this|that) (?:a )?(?:success|done|win|good)\b",
        (
            r"(?:we|i)(?:'d| would|'ll| will) (?:look at|judge|decide (?:by|on)|"
            r"measure)\b(?! (?:it|that))"
        ),
        (
            r"if \w.{0,120}?\b(?:i'm|we're|i am|we are) (?:buying|signing|going|in|worse|back|lost|"
            r"out|still)\b"
        ),
        r"how (?:i|we)(?:'ll| will|'d| would) (?:know|judge|measure|tell)\b",
        (
            r"if \w.{0,120}?\b(?:i|we)(?:'ll| will|'d| would| can) (?:sign|buy|renew|call (?:it|"
            r"this)|"
            r"roll|go ahead|be happy|accept|approve|pay|move)\b"
        ),
        (
            r"if \w.{0,120}?\b(?:it's|it is|that's|we've|we have|it has|you've) (?:failed|dead|"
            r"a failure|over|useless|worthless|no good|lost)\b"
        ),
        r"(?:it's|that's) (?:worth it )?when (?:i|we|my|our)\b",
        (
            r"(?:a |the |our |my )?(?:win|success|good|victory) (?:for (?:us|me) )?(?:is|means|"
            r"would (?:be|mean)|looks? like)\b"
        ),
        (
            r"(?:our|the|my) (?:\w{1,12} ){0,2}(?:goals?|targets?|aim|objectives?|north star|"
            r"vision|hope|ambition|benchmark|threshold|deadline|slo|sla|kpis?) "
            r"(?:for \w{1,12} )?(?:is|are|would|here)\b"
        ),
        (
            r"(?:we)(?:'re| are)? (?:hoping|aiming|trying|planning|targeting|hope|aim|plan|"
            r"looking|always looking)(?: for ways)? to\b(?! (?:talk|ask|call|say|see if))"
        ),
        r"(?:we|i)(?:'d| would) be (?:happy|thrilled|delighted|satisfied|content) (?:if|with)\b",
        r"(?:consider|regard|call) .{0,60}?\b(?:success|successful|win)\b",
        r"(?:would|will) be (?:a |considered a )?(?:success|win|happy if|great if)",
        r"so that (?:we|our|my|the team)\b",
        r"in (?:six|twelve|three|\d{1,2}) months,? (?:we|i|our)",
        r"by the end of (?:the )?(?:year|quarter|q[1-4]|\w{3,9}),? (?:we|i|our)",
        (
            r"(?:go|get|getting|cut|bring|reduce|drop|increase|improve|down|grow|"
            r"move)(?: \w{1,12}){0,4} (?:from \S{1,10} (?:\w{1,8} )?to|by|to|under|below|"
            rf"above) (?:about |around |at least |under |less than )?{NUMBER}"
        ),
    ),
    Act.MUST: (r"(?:must|has to|have to|needs to|gotta|got to|should|can't be|shall)\b",),
    Act.ABSOLUTE: (
        (
            r"(?:no|none|nothing|nobody|no one|never|not one|zero|every|everyone|everybody|any|"
            r"always)\b"
        ),
        r"(?:i|we) (?:get|can)\b|one \w{3,12} for (?:both|all|everything)",
    ),
    Act.LIMIT: (
        (
            r"(?:at least|at most|no more than|less than|more than|fewer than|under|below|"
            r"above|within|up to|maximum|minimum|max|min|not exceed|over) (?:about |"
            rf"around )?{NUMBER}"
        ),
        r"\d[\d.,]{0,8}(?:%| per ?cent)",
        (
            r"(?:under|within|below|less than|in) (?:an?|half an?) (?:second|minute|hour|day|week|"
            r"month)\b"
        ),
        rf"{NUMBER} (?:out of|in) {NUMBER}|{NUMBER} (?:\w{{1,12}} )?(?:in a row|tops)\b",
        rf"(?:in|by) (?:about |around |just )?{NUMBER} {SPAN}",
        rf"{NUMBER} (?:or (?:less|fewer|more|better)|max(?:imum)?|min(?:imum)?)\b|zero\b",
    ),
}
