"""What a sentence is about and how it answers: requests, conditions, acceptance."""

from service.extract.local.act import Act

TALKING: dict[Act, tuple[str, ...]] = {
    Act.CONDITION: (
        (
            r"(?:if|once|when|as soon as|provided|after|in case|should) (?:you|your|the|we|"
            r"that|any|it|there|everything|legal|procurement|someone)\b"
        ),
    ),
    Act.REQUEST: (
        r"(?<!why )(?<!how )(?<!what )(?<!who )(?:can|could|would|will) (?:you|someone|we)\b",
        r"please (?:send|share|provide|call|include|confirm|let|make|do|keep|add)",
        r"send (?:me|us|it|that|those|the|over)\b",
        (
            r"(?:need|want|like) (?:the|a|an|your|that|this) (?:\w{1,12} ){0,2}(?:paper(?:work)?|"
            r"document(?:ation)?|agreement|contract|copy|proposal|quote|offer|deck|brochure|link|"
            r"invite|recording|nda|dpa|msa|invoice|references?)\b"
        ),
        r"(?:^|, )(?:send|share|show|give|tell) (?:me|us|it|that)\b",
    ),
    Act.OURS: (
        (
            r"(?:we|we're|we've|we'd|we'll|our|ours|us|my|i|i'm|i've|me|they|the team|reps?|"
            r"people|everyone|it|p\d\d|systems)\b"
        ),
    ),
    Act.YOURS: (
        (
            r"your (?:\w{1,12} )?(?:product|platform|support|service|team|company|app|system|"
            r"software|website|tool|api|release|update|network|billing|price|pricing|people)\b"
        ),
        r"you guys|you (?:charged|sent|told|said|promised)\b",
    ),
    Act.PRICE: (
        (
            r"lot of money|(?:hundred|thousand|grand|"
            r"[$€£]\d\S{0,9}) (?:\w{1,8} ){0,3}over \w{1,8} years"
        ),
        r"expensive|(?:over|out of) (?:our |the )?budget|discount|cheaper|your (?:price|quote)",
        (
            r"(?:the|that) (?:price|pricing|quote|number) (?:is|seems|feels|looks)|list price|"
            r"(?:is|about) the (?:price|cost|budget)\b"
        ),
    ),
    Act.UNNEEDED: (
        (
            r"need to (?:talk|check|ask|loop|involve|discuss|think|get (?:legal|procurement|"
            r"approval|sign))"
        ),
        r"(?:don't|doesn't|didn't|do not|won't) (?:\w{1,10} )?(?:need|require|care|matter)\b",
        r"(?:not|isn't|aren't|never) (?:\w{1,10} )?(?:required|mandatory|critical|needed)\b",
        r"only (?:has|have|needs?) to\b|just (?:has|have|needs?) to\b",
        r"no (?:need|requirement) (?:for|to)\b",
    ),
    Act.ACCEPTANCE: (
        (
            r"(?:\w{1,12},? ){0,2}?(?:please|please do|yes|yeah|yep|sure|works|sounds good|"
            r"sounds great|do it|perfect|great|absolutely|definitely|let's do|let's|that works|"
            r"that'd be|that would be|i'd like that|we'd like that|fine|okay|ok|good|excellent|"
            r"deal|agreed|fair|wonderful|enormously|gladly|very much|brilliant|lovely|grand|"
            r"make it (?:the|\w{3,6}day)|send (?:it|that|me|us)|go ahead|that's (?:great|"
            r"perfect|reasonable|fine|fair))\b"
        ),
    ),
}
