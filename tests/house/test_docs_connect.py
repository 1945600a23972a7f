from pathlib import Path

import pytest

from service.fetch.providers import FETCHERS, OPEN_BY_TOKEN
from service.hooks.signatures import SCHEMES


def test_every_provider_has_a_page_and_every_page_a_provider(root: Path) -> None:
    pages = {page.stem for page in (root / "docs/connect").glob("*.md")} - {"README"}
    assert pages == set(SCHEMES)


@pytest.mark.parametrize("provider", sorted(SCHEMES))
def test_a_page_says_how_to_make_its_hook(root: Path, provider: str) -> None:
    page = (root / "docs/connect" / f"{provider}.md").read_text(encoding="utf-8")
    assert f"baton hooks create {provider} --workspace" in page
    needs_key = provider in FETCHERS.keys() - OPEN_BY_TOKEN
    assert ("credentials" in page and f"/v1/hooks/{provider}" in page) is needs_key
