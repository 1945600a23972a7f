import re
from pathlib import Path

import pytest
from pydantic.fields import FieldInfo

from service.settings import Settings

ROW = re.compile(r"^\| `(BATON_[A-Z_]+)` \| (`[^`|]{1,80}`|unset|none) \|", re.MULTILINE)
VARIABLE = re.compile(r"^#?(BATON_[A-Z_]+)=", re.MULTILINE)


def shown(field: FieldInfo) -> str:
    """A default as the page writes it."""
    if field.default is None:
        return "unset"
    return "none" if field.default == () else f"`{field.default}`"


@pytest.fixture
def defaults() -> dict[str, str]:
    """Every setting with its default, in the order of the code."""
    fields = Settings.model_fields
    return {f"BATON_{name.upper()}": shown(field) for name, field in fields.items()}


def test_the_page_has_each_setting_with_its_default_and_no_other(
    root: Path, defaults: dict[str, str]
) -> None:
    page = (root / "docs/settings.md").read_text(encoding="utf-8")
    assert ROW.findall(page) == list(defaults.items())


def test_the_example_file_has_each_setting_and_no_other(
    root: Path, defaults: dict[str, str]
) -> None:
    example = (root / ".env.example").read_text(encoding="utf-8")
    assert VARIABLE.findall(example) == list(defaults)


def test_the_example_file_changes_nothing_as_it_stands(root: Path) -> None:
    example = (root / ".env.example").read_text(encoding="utf-8").splitlines()
    assert [line for line in example if line and not line.startswith("#")] == []


def test_settings_named_elsewhere_exist(
    pages: tuple[Path, ...], root: Path, defaults: dict[str, str]
) -> None:
    of_tests = {"BATON_FUZZ_CASES", "BATON_REQUIRE", "BATON_SHARED"}
    named = {
        (page.relative_to(root).as_posix(), name)
        for page in pages
        for name in re.findall(r"BATON_[A-Z_]{2,40}", page.read_text(encoding="utf-8"))
    }
    assert {one for one in named if one[1] not in defaults.keys() | of_tests} == set()
