"""How a provider wants to be asked is found out once, and remembered."""

import asyncio

import pytest
from asked_model import Rows, Said, opened
from scripted_talk import Scripted

from service.llm.client import Model
from service.llm.dialect import Dialect
from service.llm.fault import Kind, ModelFault
from service.llm.provider import Mode


async def form_of(model: Model, rows: Rows, temperature: float | None = None) -> str:
    asked = await model.ask(
        "Read it.",
        "1 Ann: hello",
        reply=Said,
        max_output_tokens=50,
        deadline_s=5,
        spend=rows,
        temperature=temperature,
    )
    return asked.mode


@pytest.mark.parametrize(
    ("behaviour", "form", "probes"),
    [
        ("good", "json_schema", 1),
        ("no_strict", "json_schema", 2),
        ("only_tools", "tools", 3),
        ("only_json", "json", 4),
        ("new_cap", "json_schema", 2),
    ],
)
async def test_a_probe_finds_the_way(
    provider: Scripted, rows: Rows, behaviour: str, form: str, probes: int
) -> None:
    async with opened(provider, behaviour, "auto") as model:
        assert [await form_of(model, rows) for _ in range(3)] == [form] * 3
    assert [asked.is_probe for asked in provider.asked] == [True] * probes + [False] * 3
    assert [one for one in rows.settled if one != (0, 0)] == provider.billed


async def test_many_at_once_probe_once(provider: Scripted, rows: Rows) -> None:
    async with opened(provider, "only_tools", "auto") as model:
        await asyncio.gather(*(form_of(model, rows) for _ in range(8)))
    assert sum(asked.is_probe for asked in provider.asked) == 3
    assert len(provider.asked) == 11


@pytest.mark.parametrize(
    ("behaviour", "kind", "requests"),
    [
        ("401", Kind.UNAUTHORIZED, 1),
        ("404", Kind.REJECTED, 1),
        ("prose", Kind.REJECTED, 4),
        ("length", Kind.REJECTED, 4),
    ],
)
async def test_a_probe_that_fails_is_the_end_of_the_call(
    provider: Scripted, rows: Rows, behaviour: str, kind: Kind, requests: int
) -> None:
    async with opened(provider, behaviour, "auto") as model:
        with pytest.raises(ModelFault) as caught:
            await form_of(model, rows)
    assert caught.value.kind is kind
    assert len(provider.asked) == requests


@pytest.mark.parametrize("mode", ["json_schema", "tools", "json"])
async def test_the_newer_name_of_the_cap_is_remembered(
    provider: Scripted, rows: Rows, mode: Mode
) -> None:
    async with opened(provider, "new_cap", mode) as model:
        assert [await form_of(model, rows) for _ in range(3)] == [mode] * 3
    caps = ["max_tokens" in asked.body for asked in provider.asked]
    assert caps == [True, False, False, False]


async def test_a_temperature_goes_along_unless_the_model_takes_none(
    provider: Scripted, rows: Rows
) -> None:
    for behaviour in ("good", "own_temperature"):
        async with opened(provider, behaviour) as model:
            assert [await form_of(model, rows, 0.0) for _ in range(2)] == ["json_schema"] * 2
    sent = [asked.body.get("temperature") for asked in provider.asked]
    assert sent == [0.0, 0.0, 0.0, None, None]


def test_what_cannot_be_left_out_has_no_other_way() -> None:
    assert Dialect("tools").without("shape") is None
    assert Dialect("tools", cap="max_completion_tokens").without("cap") is None
    assert Dialect("json", takes_temperature=False).without("temperature") is None
    assert Dialect("json_schema", strict=True).without(None) is None
