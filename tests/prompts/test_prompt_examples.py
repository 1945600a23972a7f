from collections import Counter
from pathlib import Path

import pytest

from prompts.examples import Example, load_example
from prompts.render import FOLDER
from schemas.claim import FIELDS
from schemas.source import Turn
from service.extract.gate import admit
from service.extract.replies import drafts_of
from service.extract.statement import settle
from service.extract.tokens import tokens_of

FILES = sorted((FOLDER / "examples").glob("*.toml"))


def example(path: Path) -> tuple[Example, tuple[Turn, ...]]:
    found = load_example(path)
    return found, found.source


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_quote_stands_in_its_own_text(path: Path) -> None:
    found, turns = example(path)
    drafts, too_long = drafts_of(found.reply)
    admission = admit(drafts, turns)
    assert (too_long, admission.rejected) == ((), ())
    assert len(admission.claims) == sum(len(getattr(found.reply, field)) for field in FIELDS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_statement_adds_nothing(path: Path) -> None:
    found, turns = example(path)
    claims = admit(drafts_of(found.reply)[0], turns).claims
    assert [settle(claim, turns) for claim in claims] == list(claims)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_due_time_stands_in_its_turn(path: Path) -> None:
    found, turns = example(path)
    for item in (item for field in FIELDS for item in getattr(found.reply, field)):
        said = tokens_of(turns[item.turn].text).joined
        assert item.due_text is None or tokens_of(item.due_text).joined in said


def test_the_examples_show_each_field_and_an_empty_reply() -> None:
    replies = [load_example(path).reply for path in FILES]
    counts = Counter(field for reply in replies for field in FIELDS if getattr(reply, field))
    assert set(counts) == set(FIELDS)
    assert any(not any(getattr(reply, field) for field in FIELDS) for reply in replies)
