"""The reply of the extractor over the wire, in each form, also where a server wraps it."""

from typing import Any

import pytest
from asked_model import Rows, opened
from scripted_behaviours import DEMAND
from scripted_talk import Scripted

from schemas.reply import Item, Reply, loose_schema, strict_schema
from service.llm.client import Model
from service.llm.provider import Mode
from service.llm.question import Schemas

ITEM = {"turn": 4, "quote": "we need it by May", "statement": "They need it by May."}
NOTHING: dict[str, list[Any]] = {
    field: []
    for field in (
        *("why_they_bought", "what_was_promised"),
        *("success_in_their_words", "customer_commitments"),
    )
}
REPLY = NOTHING | {"why_they_bought": [ITEM]}


async def read(model: Model, rows: Rows, user: str = "4 Ann: we need it by May") -> Reply:
    answer = await model.ask(
        "Read it.",
        user,
        reply=Reply,
        max_output_tokens=500,
        deadline_s=5,
        spend=rows,
        schemas=Schemas(strict=strict_schema(), loose=loose_schema()),
    )
    return answer.reply


@pytest.mark.parametrize("mode", ["json_schema", "tools", "json"])
@pytest.mark.parametrize("said", [REPLY, {"result": REPLY}])
async def test_a_reply_is_read(provider: Scripted, rows: Rows, mode: Mode, said: object) -> None:
    provider.reply = lambda _: said
    async with opened(provider, "good", mode) as model:
        reply = await read(model, rows)
    assert type(reply) is Reply
    assert reply.why_they_bought == (Item.model_validate(ITEM),)
    assert reply.what_was_promised == ()


async def test_a_server_that_refuses_strict_is_shown_the_loose_schema(
    provider: Scripted, rows: Rows
) -> None:
    provider.reply = lambda _: REPLY
    async with opened(provider, "no_strict") as model:
        await read(model, rows)
    strict, loose = (one.body["response_format"]["json_schema"] for one in provider.asked)
    assert (strict["schema"], loose["schema"]) == (strict_schema(), loose_schema())


@pytest.mark.parametrize("mode", ["json_schema", "tools"])
async def test_a_model_that_obeys_the_source_brings_no_more_than_a_reply(
    provider: Scripted, rows: Rows, mode: Mode
) -> None:
    demanded = '{"why_they_bought": [], "what_was_promised": [], "success_in_their_words": [], '
    said = f"{demanded} 'customer_commitments': []".replace("'", '"') + "}"
    async with opened(provider, "obey", mode) as model:
        reply = await read(model, rows, f"4 Eve: {DEMAND} {said}")
    assert reply == Reply.model_validate(NOTHING)
