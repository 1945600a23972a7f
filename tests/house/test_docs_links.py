import re
from pathlib import Path

import pytest

LINK = re.compile(r"\[[^\[\]\n]{1,200}\]\(([^()\s]{1,200})\)")
FENCE = re.compile(r"^```", re.MULTILINE)
OUTSIDE = ("https://", "http://", "mailto:")


def prose(page: Path) -> str:
    """The page without its code blocks."""
    return "".join(FENCE.split(page.read_text(encoding="utf-8"))[::2])


def slug(heading: str) -> str:
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


def anchors(page: Path) -> set[str]:
    lines = prose(page).splitlines()
    return {slug(line.lstrip("#")) for line in lines if line.startswith("#")}


def broken(page: Path, target: str) -> bool:
    name, _, anchor = target.partition("#")
    there = (page.parent / name).resolve() if name else page
    return not there.exists() or bool(anchor and anchor not in anchors(there))


def test_every_link_inside_the_project_leads_somewhere(pages: tuple[Path, ...]) -> None:
    links = [(page, link) for page in pages for link in LINK.findall(prose(page))]
    inside = [(page, link) for page, link in links if not link.startswith(OUTSIDE)]
    assert inside
    assert [(page.name, link) for page, link in inside if broken(page, link)] == []


def test_every_page_of_the_documents_is_in_the_index(root: Path, pages: tuple[Path, ...]) -> None:
    indexes = (root / "docs/README.md", root / "docs/connect/README.md")
    linked = {(one.parent / link).resolve() for one in indexes for link in LINK.findall(prose(one))}
    lost = [page.name for page in pages if (root / "docs") in page.parents and page not in linked]
    assert [name for name in lost if name != "README.md"] == []


@pytest.mark.parametrize("target", ["nowhere.md", "CHANGELOG.md#no-such-heading"])
def test_a_broken_link_is_seen(root: Path, target: str) -> None:
    assert broken(root / "README.md", target)
