"""Why somebody looked, and why they chose: reasons, what was tried, what was gained."""

from service.extract.local.act import Act

CHOOSING: dict[Act, tuple[str, ...]] = {
    Act.REASON: (
        (
            r"that(?:'s| is| was) (?:actually |exactly |really |partly |part of |mostly |also |"
            r"basically ){0,2}(?:why (?:we|i|our|they|the team)|what (?:made|got|pushed|"
            r"triggered|prompted|brought|drove))\b(?! you)"
        ),
        (
            r"wake-? ?up call|(?:final|last) straw|tipping point|"
            r"(?:the|one|main|big|biggest|real|part of the|another) reason (?:we|i|for|that|"
            r"why|is|was)\b"
        ),
        (
            r"(?:which is|this is|so that's|it's) (?:part of |exactly )?why (?:we|"
            r"i)\b(?! (?:look|sound|am|say|said|ask))"
        ),
        r"(?:made|got|pushed|prompted|forced|convinced|drove|triggered) (?:us|me|our) \w",
        r"(?:we|i) (?:started|began) (?:looking|searching|evaluating|shopping)",
        (
            r"(?:we|i) (?:chose|picked|selected|went with|signed|bought|decided on|moved to|"
            r"switched|stayed|renewed)\b.{0,80}?\b(?:because|since|due to|over|so that|as you|"
            r"for the)\b"
        ),
        (
            r"(?:reached out|came to you|called you|contacted you|talking to you|here today|"
            r"we're calling) because"
        ),
        r"(?:we're|we are|i'm|i am) (?:replacing|leaving|switching|migrating|moving (?:off|away)) ",
        r"what (?:sold|convinced|won|tipped|swung|decided|clinched|settled) (?:us|me|it)\b",
        r"(?:i|we) (?:said no|declined|refused|kept you|stayed with you)\b.{0,80}?\bbecause\b",
    ),
    Act.TRIED: (
        (
            r"(?:we|i|they)(?:'ve| have| had| already| also)? (?:tried|tested|looked at|"
            r"evaluated|attempted|piloted|used to (?:use|have|do)|ran|built|hired|bought|"
            r"trialed)\b.{0,80}?\b(?:but|and it|didn't|wasn't|couldn't|failed|stuck|never|too|"
            r"struggled|problem|however|downtime)\b"
        ),
        r"we (?:had|tried|bought|built|put|hired) .{0,60}?\b(?:once|before|in (?:19|20)\d\d)\b",
        (
            r"(?:years?|months?) ago,? we (?:had|tried|bought|built|put|hired|used|started|signed)"
            r"|we (?:had|tried|bought|built|put|hired|used|signed) .{0,60}?(?:years?|months?) ago\b"
        ),
        r"we (?:also )?(?:thought (?:of|about)|considered|looked into)\b.{0,80}?\b(?:but|until)\b",
        r"we (?:ran|used|tried|had|piloted) (?:\w{1,15} ){1,2}for (?:a|one|two|three|six|about|\d)",
        (
            r"(?:board|legal|it|security|boss|management|they|council) (?:said|says) no\b|"
            r"ruled (?:it|them) out"
        ),
        r"when we (?:tested|tried|used|piloted)\b",
        (
            r"(?:our|the) (?:current|existing|old|last|previous|legacy|incumbent) "
            r"(?:\w{1,12} ){1,2}(?:is|was|can't|doesn't|couldn't|didn't|has|keeps|just|takes)\b"
        ),
        (
            r"(?:the )?(?:other|another|last|previous|competing) (?:vendors?|tools?|providers?|"
            r"solutions?|systems?) (?:\w{1,12} ){0,2}(?:can't|couldn't|didn't|doesn't|wouldn't|"
            r"was|were|is|are|had|just|wanted)\b"
        ),
        (
            r"(?:our|the) (?:previous|last|old|former|present|current|existing|incumbent) \w{3,15} "
            r"\w{2,15}\b.{0,80}?\b(?:without|but|not|\w{2,7}n't|never|only|had to|twice|wrong)\b"
        ),
        r"we try to do\b",
        r"we've (?:seen|been (?:having|dealing|struggling|losing|using|trying))\b",
        r"with \w{2,15} we couldn't",
    ),
    Act.WORTH: (
        (
            r"(?:it|that|this|we|they|everything) used to (?:be|take|have|spend|do|run|need|wait|"
            r"cost)\b"
        ),
        (
            r"before (?:you (?:lot|guys|came|were|folks|we|i|it|that|there)\b|we (?:had|got|used|"
            r"switched|moved|signed))\b"
        ),
        (
            r"(?:the \w{1,15}|everyone|everybody|staff|(?:my|"
            r"our) \w{1,15}) (?:really )?(?:likes?|loves?) (?:it|this)"
        ),
        (
            r"it was more like\b|(?:down|up) from \w|game[- ]?changer|delivers? on|(?:saved|"
            r"saves|saving) us|paid for itself"
        ),
        r"compared to (?:our|the|what)|better than (?:the|our|what|anything|any|how)",
        r"so (?:we'd|we would|we could|i'd) (?:know|be able|finally|see|have)",
        r"that (?:alone|would) (?:save|pay|solve)",
        r"(?:exactly|this is|that's) what (?:we|i)(?:'ve| have| were| need)",
        r"finally (?:have|see|know|get)",
    ),
}
