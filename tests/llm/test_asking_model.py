"""What is sent to a provider, and what comes back when all is well."""

import json
from typing import Any

import pytest
from asked_model import SAID, Rows, Said, opened
from scripted_talk import Asked, Scripted

from service.llm.client import Model
from service.llm.fault import Usage
from service.llm.provider import Mode
from service.llm.question import Answer, Schemas

HOSTILE = "  1 Ann: {{ 7*7 }} {% if %} https://pictures.example/a.png\n\tend  "


async def ask(model: Model, rows: Rows, user: str = "1 Ann: hello", **more: Any) -> Answer[Said]:
    return await model.ask(
        *("Read it.", user),
        **({"reply": Said, "max_output_tokens": 50, "deadline_s": 5, "spend": rows} | more),
    )


@pytest.mark.parametrize("mode", ["json_schema", "tools", "json"])
async def test_a_reply_comes_back_with_what_it_cost(
    provider: Scripted, rows: Rows, mode: Mode
) -> None:
    async with opened(provider, "good", mode) as model:
        answer = await ask(model, rows)
    (tokens,) = provider.billed
    assert answer.reply == Said(**SAID)
    assert (answer.mode, answer.tries, answer.request_id) == (mode, 1, "req-1")
    assert answer.usage == Usage(*tokens, tokens_cached=tokens[0] // 2)
    assert answer.finish == ("tool_calls" if mode == "tools" else "stop")
    assert rows.settled == provider.billed


@pytest.mark.parametrize("mode", ["json_schema", "tools", "json"])
async def test_the_source_is_sent_as_it_is(provider: Scripted, rows: Rows, mode: Mode) -> None:
    async with opened(provider, "good", mode) as model:
        await ask(model, rows, HOSTILE)
    (asked,) = provider.asked
    assert asked.user == HOSTILE
    assert asked.path == "/v1/chat/completions"
    assert asked.body["max_tokens"] == 50


async def test_the_schema_is_strict(provider: Scripted, rows: Rows) -> None:
    async with opened(provider, "good") as model:
        await ask(model, rows)
    named = provider.asked[0].body["response_format"]["json_schema"]
    assert (named["name"], named["strict"]) == ("Said", True)
    assert named["schema"]["additionalProperties"] is False
    assert named["schema"]["required"] == ["turn", "quote"]


@pytest.mark.parametrize(("behaviour", "shown"), [("good", "strict"), ("no_strict", "loose")])
async def test_schemas_of_ones_own_are_shown(
    provider: Scripted, rows: Rows, behaviour: str, shown: str
) -> None:
    own = Schemas(strict={"type": "object", "title": "strict"}, loose={"title": "loose"})
    async with opened(provider, behaviour) as model:
        await ask(model, rows, schemas=own)
    assert provider.asked[-1].body["response_format"]["json_schema"]["schema"]["title"] == shown


async def test_the_row_is_there_before_the_request(provider: Scripted, rows: Rows) -> None:
    seen: list[int] = []

    def reply(_: Asked) -> object:
        seen.append(len(rows.open))
        return SAID

    provider.reply = reply
    async with opened(provider, "good") as model:
        await ask(model, rows)
    assert (seen, rows.open) == ([1], [])


async def test_the_estimate_is_not_below_what_is_counted(provider: Scripted, rows: Rows) -> None:
    async with opened(provider, "nousage") as model:
        await ask(model, rows, "1 Ann: " + "hello there " * 500)
    (estimate,) = rows.open
    assert estimate.tokens_in >= 1000
    assert (estimate.model, estimate.tokens_out) == ("nousage", 50)


async def test_no_room_in_the_budget_is_no_request(provider: Scripted) -> None:
    class Full(Rows):
        async def before(self, *_: object) -> Any:
            raise RuntimeError("the budget is used up")

    async with opened(provider, "good") as model:
        with pytest.raises(RuntimeError, match="used up"):
            await ask(model, Full())
    assert provider.asked == []


async def test_the_second_try_is_told_what_was_wrong_and_not_the_reply(
    provider: Scripted, rows: Rows
) -> None:
    async with opened(provider, "bad_then_good") as model:
        answer = await ask(model, rows)
    first, second = (asked.user for asked in provider.asked)
    assert second.startswith(first)
    assert "turn: missing" in second
    assert "what" not in second.removeprefix(first).lower().replace("what was", "")
    assert len(second) < len(first) + 300
    assert answer.usage.tokens_out == 14


async def test_usage_that_is_no_number_stays_an_estimate(provider: Scripted, rows: Rows) -> None:
    async with opened(provider, "odd_usage") as model:
        answer = await ask(model, rows)
    assert answer.usage == Usage()
    assert len(rows.open) == 1


async def test_the_environment_moves_nothing(
    provider: Scripted, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://elsewhere.example/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "another-key")
    monkeypatch.setenv("OPENAI_ORG_ID", "their-org")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "their-project")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "x-stray: yes")
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:3128")
    async with opened(provider, "good") as model:
        await ask(model, rows)
    headers = provider.asked[0].headers
    assert headers["authorization"] == "Bearer key-of-the-test"
    assert {"x-stray", "openai-organization", "openai-project"} & set(headers) == set()
    assert "their-" not in json.dumps(headers)
