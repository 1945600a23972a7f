import re

GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,9}(?:\.[0-9]{1,9})?")
"""1,250 and 1,250.50"""

GROUPED_BY_POINT = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){1,9},[0-9]{1,9}")
"""1.250,50 as written on the continent; 1.250 alone may as well be a decimal and is left."""

GROUPED_BY_POINT_TWICE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,9}")
DECIMAL = re.compile(r"[0-9]{1,30}\.[0-9]{1,30}")


def plain_number(text: str) -> str | None:
    """Write an amount without the marks between its thousands, with a decimal point; None: none."""
    if GROUPED.fullmatch(text):
        return text.replace(",", "")
    if GROUPED_BY_POINT.fullmatch(text) or GROUPED_BY_POINT_TWICE.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    return text if DECIMAL.fullmatch(text) else None
