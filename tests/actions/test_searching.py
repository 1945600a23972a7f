"""A question through the whole use case: ranked, shown with its evidence, page by page."""

from collections.abc import Sequence
from uuid import uuid4

import numpy as np
import pytest
from search_world import MODEL, WIDTH, WORDS, World, fill

from schemas.search import Hit, Mode, Query
from schemas.source import Side
from service.actions.searching import search_record
from service.db.doors import Doors
from service.embed.embedder import Vectors
from service.embed.remote import Place, Remote
from service.errors import Invalid


class Fixed:
    """Every question has the same vector."""

    name = MODEL
    width = WIDTH

    def passages(self, texts: Sequence[str]) -> Vectors:
        return np.ones((len(texts), WIDTH), dtype=np.float32)

    def query(self, text: str) -> Vectors:
        return np.asarray(self.passages([text])[0])


@pytest.fixture
async def world(doors: Doors) -> World:
    return await fill(doors, uuid4(), seed=21, sources_=6)


def question(**filters: object) -> Query:
    return Query.model_validate({"q": f"{WORDS[2]} {WORDS[9]}", "limit": 100} | filters)


async def test_pages_hold_each_hit_once(doors: Doors, world: World) -> None:
    ids = {"workspace_id": world.workspace_id}
    whole = await search_record(doors, Fixed(), **ids, query=question(limit=100))
    shown: list[Hit] = []
    cursor = None
    while not shown or cursor:
        page = await search_record(doors, Fixed(), **ids, query=question(limit=7, cursor=cursor))
        assert page.answered == whole.answered
        shown += page.hits
        cursor = page.next_cursor
    assert shown[:100] == list(whole.hits)
    assert len({hit.id for hit in shown}) > 20
    assert len(page.hits) <= 7


async def test_a_cursor_fits_no_other_question(doors: Doors, world: World) -> None:
    ids = {"workspace_id": world.workspace_id}
    page = await search_record(doors, Fixed(), **ids, query=question(limit=1))
    for other in ({"kind": "call"}, {"q": "something else"}, {"customer": "customer 1"}):
        asked = question(limit=1, cursor=page.next_cursor, **other)
        with pytest.raises(Invalid, match="cursor"):
            await search_record(doors, Fixed(), **ids, query=asked)


async def test_without_an_embedder_the_answer_says_so(doors: Doors, world: World) -> None:
    ids = {"workspace_id": world.workspace_id}
    words = await search_record(doors, None, **ids, query=question())
    both = await search_record(doors, Fixed(), **ids, query=question())
    assert (words.mode, both.mode) == (Mode.WORDS, Mode.HYBRID)
    assert [notice.code for notice in words.notices] == ["words-only"]
    assert both.notices == ()
    assert {hit.id for hit in words.hits} == {hit.id for hit in both.hits}


async def test_a_remote_embedder_that_is_down_leaves_the_words(doors: Doors, world: World) -> None:
    down = Remote(Place("http://127.0.0.1:9/v1", "gone"))
    ids = {"workspace_id": world.workspace_id}
    without = await search_record(doors, None, **ids, query=question())
    answer = await search_record(doors, down, **ids, query=question())
    assert (answer.mode, answer.hits) == (Mode.WORDS, without.hits)
    assert [notice.code for notice in answer.notices] == ["words-only"]


async def test_hits_that_are_all_claims_have_their_quotes(doors: Doors, world: World) -> None:
    asked = question(field="what_was_promised")
    ids = {"workspace_id": world.workspace_id}
    answer = await search_record(doors, Fixed(), **ids, query=asked)
    promised = {
        str(row.claim["id"])
        for row in world.rows
        if row.claim
        and row.claim["field"] == "what_was_promised"
        and row.claim["state"] in {"active", "unattributed"}
    }
    assert {hit.id for hit in answer.hits} == promised
    assert {hit.type for hit in answer.hits} == {"claim"}
    assert {span.quote for hit in answer.hits for span in hit.evidence} == {"told"}


async def test_words_that_say_nothing_are_not_asked(doors: Doors, world: World) -> None:
    """Else a passage full of them would stand before the one that answers."""
    ids = {"workspace_id": world.workspace_id}
    plain = await search_record(doors, None, **ids, query=question(q=WORDS[9]))
    wordy = await search_record(doors, None, **ids, query=question(q=f"What was the {WORDS[9]}?"))
    assert [(hit.id, hit.score) for hit in wordy.hits] == [
        (hit.id, hit.score) for hit in plain.hits
    ]
    assert plain.answered
    assert wordy.answered


async def test_an_unknown_customer_has_no_hits(doors: Doors, world: World) -> None:
    ids = {"workspace_id": world.workspace_id}
    answer = await search_record(doors, Fixed(), **ids, query=question(customer="nobody"))
    assert (answer.hits, answer.next_cursor, answer.answered) == ((), None, False)


async def test_every_hit_is_of_the_side_that_was_asked_for(doors: Doors, world: World) -> None:
    """The turns of this world are of an unknown side, and so is what may be shown of them."""
    ids = {"workspace_id": world.workspace_id}
    answer = await search_record(doors, Fixed(), **ids, query=question(side=Side.UNKNOWN))
    shown = {span.side for hit in answer.hits for span in hit.evidence}
    assert answer.hits
    assert shown == {Side.UNKNOWN}


async def test_a_stranger_finds_nothing(doors: Doors, world: World) -> None:
    answer = await search_record(doors, Fixed(), workspace_id=uuid4(), query=question())
    assert world.rows
    assert answer.hits == ()
