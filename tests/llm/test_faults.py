"""Every fault of a provider has one typed end, few requests, and a ledger that adds up."""

import time
from dataclasses import dataclass

import pytest
from asked_model import Rows, Said, opened
from scripted_talk import Scripted

from service.llm.fault import Kind, ModelFault
from service.llm.provider import Mode

DEADLINE_S = 1.5


@dataclass(frozen=True)
class Row:
    """What a behaviour of the provider comes to."""

    behaviour: str
    kind: Kind
    requests: int = 1
    unsettled: int = 0
    retry_after_s: float | None = None


FAULTS = (
    Row("bad", Kind.UNREADABLE, requests=2),
    Row("truncjson", Kind.UNREADABLE, requests=2),
    Row("prose", Kind.UNREADABLE, requests=2),
    Row("no_choices", Kind.UNREADABLE, requests=2),
    Row("html", Kind.UNREADABLE, requests=2, unsettled=2),
    Row("garbage200", Kind.UNREADABLE, requests=2, unsettled=2),
    Row("sse_cut", Kind.UNREADABLE, requests=2, unsettled=2),
    Row("length", Kind.CUT_OFF),
    Row("refuse", Kind.REFUSED),
    Row("filter", Kind.FILTERED),
    Row("filter_whole", Kind.FILTERED),
    Row("ctx", Kind.TOO_LONG),
    Row("ctx_local", Kind.TOO_LONG),
    Row("413", Kind.TOO_LONG),
    Row("429", Kind.RATE_LIMITED, retry_after_s=7),
    Row("429_long", Kind.RATE_LIMITED, retry_after_s=600),
    Row("429_nan", Kind.RATE_LIMITED),
    Row("quota", Kind.QUOTA),
    Row("402", Kind.QUOTA),
    Row("500", Kind.SERVER),
    Row("503", Kind.SERVER, retry_after_s=2),
    Row("504", Kind.SERVER, unsettled=1),
    Row("408", Kind.TIMEOUT, unsettled=1),
    Row("slow", Kind.TIMEOUT, unsettled=1),
    Row("drip", Kind.TIMEOUT, unsettled=1),
    Row("drop", Kind.NETWORK, unsettled=1),
    Row("halfbody", Kind.NETWORK, unsettled=1),
    Row("redirect", Kind.REJECTED),
    Row("400", Kind.REJECTED),
    Row("404", Kind.REJECTED),
    Row("401", Kind.UNAUTHORIZED),
    Row("403", Kind.UNAUTHORIZED),
)


@pytest.mark.parametrize("mode", ["json_schema", "tools"])
@pytest.mark.parametrize("row", FAULTS, ids=lambda row: row.behaviour)
async def test_each_fault_has_its_end(provider: Scripted, rows: Rows, row: Row, mode: Mode) -> None:
    async with opened(provider, row.behaviour, mode) as model:
        began = time.monotonic()
        with pytest.raises(ModelFault) as caught:
            await model.ask(
                "Read it.",
                "1 Ann: hello",
                reply=Said,
                max_output_tokens=50,
                deadline_s=DEADLINE_S,
                spend=rows,
            )
    fault = caught.value
    assert (fault.kind, fault.tries, len(provider.asked)) == (row.kind, row.requests, row.requests)
    assert fault.retry_after_s == row.retry_after_s
    assert time.monotonic() - began < DEADLINE_S + 1
    assert [one for one in rows.settled if one != (0, 0)] == provider.billed
    assert len(rows.open) == row.unsettled
    assert len(rows.rows) == row.requests
    assert fault.usage.tokens_in == sum(tokens_in for tokens_in, _ in provider.billed)


ODD = (
    *("null", "[]", "5", '"text"', "{}", "[" * 100_000, b"\xff\xfe".decode("latin-1")),
    *('{"choices": null}', '{"choices": "x"}', '{"choices": {"a": 1}}', '{"choices": [5]}'),
    *('{"choices": [{}]}', '{"choices": [{"message": null}]}', '{"choices": [{"message": 5}]}'),
    *('{"choices": [{"message": {"content": 5}}]}', '{"choices": [{"message": {}}], "usage": 7}'),
    '{"choices": [{"message": {"content": "x", "tool_calls": [5]}}]}',
    '{"choices": [{"message": {"content": null, "tool_calls": [{"function": null}]}}]}',
    '{"choices": [{"message": {"tool_calls": {"0": 1}}}], "usage": {"prompt_tokens": "many"}}',
)


@pytest.mark.parametrize("mode", ["json_schema", "tools"])
@pytest.mark.parametrize("body", ODD, ids=lambda body: body[:60])
async def test_an_answer_of_no_known_shape_is_unreadable(
    provider: Scripted, rows: Rows, body: str, mode: Mode
) -> None:
    provider.reply = lambda _: body
    async with opened(provider, "verbatim", mode) as model:
        with pytest.raises(ModelFault) as caught:
            await model.ask("s", "u", reply=Said, max_output_tokens=50, deadline_s=5, spend=rows)
    assert (caught.value.kind, len(rows.open)) == (Kind.UNREADABLE, 2)


async def test_nobody_listening_costs_nothing(provider: Scripted, rows: Rows) -> None:
    gone = Scripted(url="http://127.0.0.1:9/v1")
    async with opened(gone, "good") as model:
        with pytest.raises(ModelFault) as caught:
            await model.ask("s", "u", reply=Said, max_output_tokens=50, deadline_s=5, spend=rows)
    assert (caught.value.kind, rows.open) == (Kind.NETWORK, [])
    assert provider.asked == []


async def test_a_date_to_wait_for_is_read_by_the_clock_of_the_server(
    provider: Scripted, rows: Rows
) -> None:
    async with opened(provider, "429_date") as model:
        with pytest.raises(ModelFault) as caught:
            await model.ask("s", "u", reply=Said, max_output_tokens=50, deadline_s=5, spend=rows)
    assert (caught.value.retry_after_s or 0) > 365 * 24 * 3600


async def test_the_reply_that_could_not_be_read_is_handed_back(
    provider: Scripted, rows: Rows
) -> None:
    async with opened(provider, "prose", "tools") as model:
        with pytest.raises(ModelFault) as caught:
            await model.ask("s", "u", reply=Said, max_output_tokens=50, deadline_s=5, spend=rows)
    assert caught.value.raw == "I would rather talk."
    assert caught.value.request_id == "req-1"
