import re
from pathlib import Path

import pytest

from service.intake.detect import FORMATS

_NAME = re.compile(r"`([a-z0-9-]{1,40})`")


def documented(page: str) -> list[str]:
    """Names in headings, and those in the first column of tables headed `format`, as they come."""
    found, in_table = list[str](), False
    for line in page.split("\n"):
        first = line.split("|")[1].strip() if line.startswith("|") else None
        in_table = first is not None and (in_table or first == "format")
        if line.startswith("## "):
            found += _NAME.findall(line)
        elif in_table:
            found += _NAME.findall(first or "")
    return found


def test_the_page_of_formats_lists_exactly_the_table_in_its_order(root: Path) -> None:
    page = (root / "docs" / "formats.md").read_text(encoding="utf-8")
    assert documented(page) == [row.name for row in FORMATS]


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("## `eml`\n\n| a | b |\n|---|---|\n| `no` | x |\n", ["eml"]),
        ("| format | by |\n|---|---|\n| `a-1` | `x` |\n| `b` | y |\n\n| `no` |\n", ["a-1", "b"]),
        ("## `a` and `b`\n\nText with `c`.\n", ["a", "b"]),
    ],
)
def test_names_are_found_where_formats_stand(page: str, names: list[str]) -> None:
    assert documented(page) == names
