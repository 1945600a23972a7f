import re
from pathlib import Path

import pytest

from service import errors
from service.errors import BatonError

ROW = re.compile(r"^\| `([a-z-]{1,60})` \| (\d{3}) \| (.{1,200}) \| (.{1,300}) \|$", re.MULTILINE)
ON_SOURCE = re.compile(r'"/problems/([a-z-]{1,60})"')


@pytest.fixture
def rows(root: Path) -> list[tuple[str, int]]:
    page = (root / "docs/errors.md").read_text(encoding="utf-8")
    return [(name, int(status)) for name, status, _, _ in ROW.findall(page)]


def test_the_page_has_each_problem_with_its_status_and_no_other(
    rows: list[tuple[str, int]],
) -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    known = {(kind.type, kind.status) for kind in kinds if issubclass(kind, BatonError)}
    assert set(rows) == known
    assert len(rows) == len(known)


def test_the_page_has_each_reason_of_a_failed_source(root: Path) -> None:
    page = (root / "docs/errors.md").read_text(encoding="utf-8")
    code = "".join(path.read_text(encoding="utf-8") for path in (root / "service").rglob("*.py"))
    reasons = set(ON_SOURCE.findall(code))
    assert reasons
    assert [one for one in sorted(reasons) if f"`/problems/{one}`" not in page] == []
