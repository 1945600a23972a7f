"""The words by which promises and contracts say the same thing; data for the comparison."""

import re
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FREE: Final = "free"
_NOTHING_TO_PAY: Final = (
    r"\b(?:at |for |with )?(?:no|without|free of|zero)(?: any)?"
    r"(?: additional| extra| further| separate)? (?:charge|cost|fee|payment)s?\b"
)
PLAINLY: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), instead)
    for pattern, instead in (
        (_NOTHING_TO_PAY, FREE),
        (r"\bno (\w{1,20}) (?:fee|fees|charge|charges|cost|costs)\b", r"\1 free"),
        (r"\bincluded in (?:the |its |all )?(?:\w{1,20} )?(?:fees?|price|prices)\b", FREE),
        (r"\b(?:on us|on the house|complimentary|will be waived|are waived|is waived)\b", FREE),
        (r"\b(?:no|not) (?:later|longer) than\b", "by"),
        (r"\b(?:no|not) more than\b|\b(?:shall |may |will |to )?not(?: to)? exceed\b", "up to"),
        (r"\b(?:no|not) (?:less|fewer) than\b", "at least"),
        (
            r"\b(?:without limitation|(?:but )?not limited to|plus vat|excluding vat|net of vat)\b",
            "",
        ),
        (r"\bsubject to the terms of this \w{1,20}\b|\bunless otherwise agreed\b", ""),
        (r"\b(?:as )?(?:set out|defined|described|specified) in \w{1,12} \w{1,4}\b", ""),
        (r"\bcancel(?:s|led|lation|ling)?\b", "terminate"),
        (r"\bsingle sign[- ]on\b", "sso"),
        (r"\b(?:go(?:es|ing)?[- ]live|in production|up and running)\b", "launch"),
        (r"\bround[- ]the[- ]clock\b|\b24 hours a day\b|\b24[x*/]7\b", "aroundclock"),
    )
)
"""What is put into plain words before anything else is read."""

ALIKE: Final = {
    spelling: line.split()[0]
    for line in (
        "uptime availability available",
        "user users seat seats licence licences license licenses",
        "train training trainings trained trainer workshop workshops",
        "onboarding onboard onboarded",
        "migrate migration migrating migrated move moving import importing imported",
        "respond responds responded response responses responding answer answers answered reply",
        "fee fees price prices pricing cost costs charge charges charged",
        "raise raising increase increases increased increasing uplift",
        "discount discounts rebate reduction",
        "terminate terminates terminated termination",
        "launch live",
        "end ends ended leave leaving",
        "begin start starts commence commences starting begins",
        "dedicated named assigned",
        "connect connector connectors integration integrations integrate interface",
        "phone telephone hotline",
        "store stored hosting host hosted kept keep keeps",
        "export exports exported",
        "review reviews meeting meetings",
        "refund refunds refunded reimburse reimbursed reimbursement",
        "manager managers csm",
        "sso",
        "aroundclock",
    )
    for spelling in line.split()
}
"""Spellings of one thing; the first of a line stands for all of them."""

COMMON: Final = _words("""
    agreement contract order form party parties hereby herein hereto thereof applicable provider
    vendor supplier customer client company buyer purchaser licensee licensor service services
    provide provides provided give gives given giving offer offers offered supply supplies
    receive receives get gets got have has having make makes made do does done put puts take
    takes throw perform performs deliver delivers delivered delivery include includes included
    including part ensure ensures guarantee guarantees guaranteed warrant warrants commit
    commits undertake undertakes agree agrees promise promises promised definitely absolutely
    sure certainly yes okay right honestly basically really team guys people everyone come comes
    entitled access use uses used using following such said other scope per within total number
    amount least most up same term terms period time date effective first well good thing things
    set need needs want let know say applies apply basis accordance respect under over via out
    off into about than their once one of on and or as be been between upon among won't don't
    can't cannot unlimited st nd rd th confirm stay stays remain remains run runs happen happens
    help look package plan dropping drop drops fall falls falling below go keep work works
    working please free charge initial each every full all whole business calendar consecutive
    until by no not never fully""")
"""They tell no clause from another."""

OPTIONAL: Final = re.compile(
    r"\b(?:optional|option to|efforts?|endeavou?rs?|(?:intend|target|aim|plan|expect)s? to|"
    r"anticipat\w{1,5}|estimated?|approximately|from time to time|where possible)\b",
    re.IGNORECASE,
)
AT_WILL: Final = re.compile(
    r"\bat (?:its|provider's|vendor's|supplier's) (?:sole |own |absolute )?(?:discretion|option)\b"
    r"|\bnot (?:obliged|obligated|required) to\b|\bno obligation to\b",
    re.IGNORECASE,
)
EXCLUDED: Final = re.compile(
    r"\bnot (?:included|covered|part of|in scope)\b|\bout of scope\b|\bexclusions?\b|\bexcluded\b"
    r"|\b(?:does|do) not (?:include|cover|comprise)\b",
    re.IGNORECASE,
)
CONTRASTS: Final = re.compile(
    r"\b(?:but|however|except|although|unless|other than|save|beyond|provided that)\b",
    re.IGNORECASE,
)
NARROWER: Final = _words("additional extra further custom customised customized special other")
"""They make of a thing one of another kind: charged for is the additional one."""
PRICED: Final = re.compile(
    r"\b(?:at (?:an |the )?(?:additional|extra|separate|hourly|daily)|separately charged"
    r"|charged separately|additional (?:fees?|charges?|costs?)|hourly rates?|daily rates?"
    r"|(?:billed|charged|invoiced|quoted) (?:at|separately|per|on)|for (?:a|an additional) fee)\b",
    re.IGNORECASE,
)
COST_OF: Final = re.compile(
    r"\b(\w{1,30}) (?:costs?|expenses|fees?|charges?) (?:for|of|in connection with)\b",
    re.IGNORECASE,
)
"""What is to be paid may be only the travel to a thing."""
NOISE: Final = re.compile(
    r"\b(?:liab(?:le|ility|ilities)|indemnif\w{1,10}|damages|force majeure|as is|disclaim\w{0,6}"
    r"|governing law|jurisdiction|confidential\w{0,7}|severability|entire agreement)\b",
    re.IGNORECASE,
)
DEFINES: Final = re.compile(
    r"[\"“”]([^\"“”\n]{3,60})[\"“”] (?:shall mean|means|refers to|shall refer to)\b"
)
UNLIMITED: Final = re.compile(r"\b(?:unlimited|no limit|without limits?)\b", re.IGNORECASE)
