"""What looks like a mail address, a phone number or a secret. Every repeat is bounded.

`docs/redaction.md` lists what is found and what is not.
"""

import re
from typing import Final

MAIL: Final = re.compile(
    r"(?<![\w.%+'-])[\w.%+'-]{1,64}@(?!-)[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?<![-_])"
)

DIGITS: Final = re.compile(r"(?<![\w.])\d(?:[ -]?\d){12,18}(?![\d-])")
"""Perhaps a card."""
ACCOUNT: Final = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ \u00a0-]?[A-Z0-9]){11,29}", re.IGNORECASE
)
"""Perhaps an account, with words behind it that the length of its country cuts off."""

_SEP = r"[ \u00a0.\-/]"
_EXT = r"(?: ?(?:x|ext\.?|extension) ?\d{1,6})?"
_AHEAD = r"(?<![\w.+,$€£:/-])"
_END = rf"{_EXT}(?![\d%€])(?![.,:/-]\d)"
_ABROAD = rf"(?:\(\+\d{{1,4}}\)|(?:\+|00(?=[1-9])){_SEP}?\d{{1,4}})"
_GROUPS = rf"(?:{_SEP}{{0,2}}(?:\(\d{{1,5}}\)|\d{{1,5}})){{2,7}}"
_AREA = rf"(?:\([2-9]\d\d\) ?|[2-9]\d\d{_SEP})"
PHONES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # +49 30 901820, +1 (415) 555-0123, 0044 20 7946 0958
        rf"(?<![\w+]){_ABROAD}{_GROUPS}{_END}",
        # (415) 555-0123, 1-415-555-0123
        rf"{_AHEAD}(?:1{_SEP})?{_AREA}[2-9]\d\d{_SEP}\d{{4}}{_END}",
        # 020 7946 0958, 06 12 34 56 78, 0171/1234567
        rf"{_AHEAD}(?:\(0[1-9]\d{{0,4}}\)|0[1-9]\d{{0,4}})(?:{_SEP}{{1,3}}\d{{2,8}}){{1,5}}{_END}",
        # 01711234567
        rf"{_AHEAD}0[1-9]\d{{8,9}}{_END}",
    )
)
PHONE_AFTER_WORD: Final = re.compile(
    r"\b(?:tel|phone|telephone|mobile|cell|fax|telefon|handy|mobil|téléphone|portable)\b"
    r"(?: number| no\.?| is|\.|:| at| on|,){0,3} {0,2}(?P<it>\d(?:[ .\-/]?\d){5,12})(?!\d)",
    re.IGNORECASE,
)
"""Behind the word, digits that say nothing by themselves."""
DATE: Final = re.compile(
    r"(?<!\d)\d{1,2}([./-])\d{1,2}\1(?:19|20)?\d\d(?!\d)|(?:19|20)\d\d-\d\d-\d\d"
)
"""What is written like a phone number and is none."""
GAP: Final = re.compile(r"(?<=\d)[ \u00a0.\-/]")
"""Between groups of digits."""
LEAST_DIGITS, MOST_DIGITS = 8, 15
"""Of a phone number with its country or area; E.164 allows no more."""

TOKENS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\w-])(?:sk|pk|rk)[-_][\w-]{16,200}",
        r"(?<!\w)(?:gh[opsur]_|github_pat_|glpat-|hf_|npm_|pypi-|dop_v1_|shp(?:at|ss)_)[\w-]{16,255}",
        r"(?<!\w)xox[a-z]-[\w-]{10,200}",
        r"(?<!\w)(?:AKIA|ASIA)[A-Z0-9]{16}(?!\w)",
        r"(?<!\w)AIza[\w-]{35}(?![\w-])",
        r"(?<!\w)ya29\.[\w-]{20,400}",
        r"(?<!\w)SG\.[\w-]{16,64}\.[\w-]{16,64}",
        r"(?<![\w-])eyJ[\w-]{8,4000}\.[\w-]{4,4000}\.[\w-]{4,1000}",
        r"-----BEGIN [A-Z ]{0,30}KEY-----[A-Za-z0-9+/=\s]{16,6000}-----END [A-Z ]{0,30}KEY-----",
        r"(?<![\w-])[0-9a-fA-F]{32,256}(?![\w-])",
    )
)
LONG_RUN: Final = re.compile(r"(?<![\w/+.-])[A-Za-z0-9_+/-]{28,256}={0,2}(?![\w/+-]|\.\w)")
"""A secret if small and capital letters and digits are mixed in it."""
NAMED_SECRET: Final = re.compile(
    r"\b(?:api[ _-]?key|access[ _-]?key|token|secret|password|passwort|passwd|pwd|bearer)\b"
    r"(?: ?[:=] ?| is | )(?P<it>(?=[^\s\"',;]{0,199}\d)[^\s\"',;]{8,200})",
    re.IGNORECASE,
)
"""Behind the word, a run with a digit in it."""
