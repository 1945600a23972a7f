"""What each character is to the gate: one class letter a character, so offsets stay the same."""

# ruff: noqa: RUF001 - characters that look alike are what this table is about

import unicodedata
from typing import Final

LETTER, UNSPACED, MARK, DIGIT = "L", "U", "M", "D"
APOSTROPHE, JOINER, INVISIBLE = "A", "J", "I"
POINT, SEPARATOR, HYPHEN, PLUS, CURRENCY, PERCENT = "P", "X", "H", "G", "C", "%"
SYMBOL, ARROW, EMOJI, BLANK, LINE_END, FREE = "S", ">", "E", "B", "N", "_"

NAMED: Final = {
    **dict.fromkeys("'’‘ʼ＇", APOSTROPHE),
    **dict.fromkeys("\u200c\u200d", JOINER),
    **dict.fromkeys(".．·٫", POINT),
    **dict.fromkeys(",，٬:：/⁄∕", SEPARATOR),
    **dict.fromkeys("-‐‑‒–−﹣－", HYPHEN),
    **dict.fromkeys("+±＋", PLUS),
    **dict.fromkeys("%‰‱٪﹪％", PERCENT),
    **dict.fromkeys("\n\r\v\f\x85\u2028\u2029", LINE_END),
    **dict.fromkeys("\t", BLANK),
    ">": ARROW,
    "|": FREE,  # drawn between columns and names, says nothing by itself
}

BY_CATEGORY: Final = {
    **dict.fromkeys(("Lu", "Ll", "Lt", "Lm", "Lo", "Nl"), LETTER),
    **dict.fromkeys(("Mn", "Mc", "Me"), MARK),
    **dict.fromkeys(("Nd", "No"), DIGIT),
    **dict.fromkeys(("Cc", "Cf", "Cs", "Co", "Cn"), INVISIBLE),
    **dict.fromkeys(("So", "Sk"), EMOJI),
    "Sc": CURRENCY,
    "Sm": SYMBOL,
    "Zs": BLANK,
}

UNSPACED_RANGES: Final = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),  # marks of repetition, zero in Han
    (0x3021, 0x30FF),  # Hangzhou numerals, Hiragana, Katakana
    (0x3100, 0x312F),  # Bopomofo
    (0x31A0, 0x31FF),  # more Bopomofo and Katakana
    (0x3400, 0x9FFF),  # Han
    (0xA9E0, 0xA9FF),  # more Myanmar
    (0xAA60, 0xAA7F),
    (0xF900, 0xFAFF),  # more Han
    (0xFF66, 0xFF9F),  # halfwidth Katakana
    (0x1AFF0, 0x1B16F),  # more Kana
    (0x20000, 0x3FFFF),  # more Han
)


class _Classes(dict[int, str]):
    """A table for `str.translate` that fills itself as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _class_of(chr(code))
        return found


def _class_of(character: str) -> str:
    if named := NAMED.get(character):
        return named
    found = BY_CATEGORY.get(unicodedata.category(character), FREE)
    if found == LETTER and _is_unspaced(ord(character)):
        return UNSPACED
    return found


def _is_unspaced(code: int) -> bool:
    return any(first <= code <= last for first, last in UNSPACED_RANGES)


_CLASSES: Final = _Classes()


def classes_of(text: str) -> str:
    """Exactly one class letter for each code point of `text`."""
    return text.translate(_CLASSES)
