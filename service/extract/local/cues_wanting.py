"""What good looks like: needs, goals, limits."""

from service.extract.local.act import Act
from service.extract.local.figures import NUMBER

WANTING: dict[Act, tuple[str, ...]] = {
    Act.NEED: (
        (
            r"(?:we|they|our \w{1,15}|our \w{1,15} \w{1,15}|the (?:team|board|business|"
            r"business side)|legal|security|procurement|compliance|it|everything|(?!(?:i|you|"
            r"to|not|basic|these)\b)\w{1,12}) (?:really |also |do |just |absolutely |still |"
            r"definitely |would |will ){0,2}(?:needs? (?:to have|to be|to work|to know|"
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
        r"i (?:don't|do not|never) want (?:any|them|us|it|our|my|to (?:have|be|see))",
        (
            r"i(?:'d| would)? (?:really |also |just )?(?:want|need) (?:to (?:see|know|"
            r"be able)(?! it\b)|to (?:"
            r"make sure|show|prove)|a|an|the|our|it|us|my)\b"
        ),
        (
            r"i(?:'d| would) like (?:to (?:see|be able|have)|a|an|the|it|us|our)\b(?! (?:demo|"
            r"call|on the record))"
        ),
        r"(?:ideally|at a minimum|bare minimum|the bar is|what good looks like)\b",
        r"(?:we|i)(?:'d| would) (?:need|want|expect|have) (?:to|a|an|the|it|at least|some)\b",
        r"(?:success|acceptance|exit|pass) criteri(?:a|on)",
        r"that would be (?:a success|success|enough)|make sure (?:we|our|that|the|it|nobody)",
    ),
    Act.GOAL: (
        r"call (?:it|this|that) (?:a )?(?:success|done|win|good)\b",
        r"how (?:i|we)(?:'ll| will|'d| would) (?:know|judge|measure|tell)\b",
        (
            r"if \w.{0,120}?\b(?:i|we)(?:'ll| will|'d| would) (?:sign|buy|renew|call (?:it|this)|"
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
        r"(?:we|i)(?:'d| would) be (?:happy|thrilled|delighted|satisfied) (?:if|with)\b",
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
        rf"{NUMBER} (?:out of|in) {NUMBER}|{NUMBER} (?:\w{{1,12}} )?(?:in a row|tops)\b",
        rf"{NUMBER} (?:or (?:less|fewer|more|better)|max(?:imum)?|min(?:imum)?)\b|zero\b",
    ),
}
