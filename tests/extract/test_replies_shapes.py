import json
from typing import Any

import pytest
from pydantic import ValidationError

from schemas.claim import FIELDS
from schemas.reply import Item, Reply, loose_schema, strict_schema

ITEM = {"turn": 1, "quote": "we left", "statement": "They left."}
EMPTY: dict[str, list[dict[str, Any]]] = {field: [] for field in FIELDS}
PLAIN = EMPTY | {"why_they_bought": [ITEM]}
LISTED = [{"field": "why_they_bought", **ITEM}]


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize(
    "sent",
    [
        PLAIN,
        {"result": PLAIN},
        {"Reply": {"data": PLAIN}},
        {"name": "Reply", "arguments": PLAIN},
        LISTED,
        {"items": LISTED},
    ],
)
def test_a_reply_is_read_out_of_its_wrapping(sent: Any, strict: bool) -> None:  # noqa: FBT001 - a parameter of the test
    wanted = Reply.model_validate(PLAIN)
    assert Reply.model_validate_json(json.dumps(sent), strict=strict) == wanted
    assert Reply.model_validate(sent, strict=strict) == wanted
    assert wanted.why_they_bought == (Item(turn=1, quote="we left", statement="They left."),)


@pytest.mark.parametrize(
    "sent",
    [
        strict_schema(),
        {"properties": {field: {"type": "array"} for field in FIELDS}},
        {field: {"type": "array"} for field in FIELDS},
        {},
        [],
        {"items": []},
        {"result": {}},
        {"why_they_bought": []},
        PLAIN | {"summary": "x"},
        [{"field": "mood", **ITEM}],
        [ITEM],
        {"a": {"b": {"c": {"d": PLAIN}}}},
        None,
        "nothing found",
    ],
)
def test_what_cannot_be_read_is_no_empty_reply(sent: Any) -> None:
    with pytest.raises(ValidationError):
        Reply.model_validate(sent)


@pytest.mark.parametrize(
    "wrong",
    [
        {"turn": "1"},
        {"turn": 1.0},
        {"turn": True},
        {"turn": None},
        {"quote": 7},
        {"statement": None},
        {"due_text": ["Friday"]},
        {"mood": "good"},
    ],
)
def test_types_are_strict_and_errors_are_silent_about_values(wrong: dict[str, Any]) -> None:
    sent = PLAIN | {"why_they_bought": [{**ITEM, "quote": "canary words", **wrong}]}
    with pytest.raises(ValidationError) as caught:
        Reply.model_validate(sent)
    assert "canary" not in str(caught.value)
    assert "good" not in str(caught.value)


def test_lengths_do_not_refuse_a_whole_reply() -> None:
    long = {**ITEM, "quote": "a" * 5_000}
    assert len(Reply.model_validate(PLAIN | {FIELDS[0]: [long] * 600}).why_they_bought) == 600


def test_the_strict_schema_is_closed_and_asks_for_every_key() -> None:
    schema = strict_schema()
    item = schema["$defs"]["Item"]
    assert item["properties"]["due_text"] == {"anyOf": [{"type": "string"}, {"type": "null"}]}
    assert schema["required"] == list(FIELDS)
    assert item["required"] == list(item["properties"]) == list(Item.model_fields)
    assert schema["additionalProperties"] is item["additionalProperties"] is False


def test_the_loose_schema_has_the_same_keys_and_no_unions() -> None:
    item = loose_schema()["properties"]["what_was_promised"]["items"]
    assert list(item["properties"]) == list(Item.model_fields)
    assert item["required"] == ["turn", "quote", "statement"]
    assert item["properties"]["due_text"] == {"type": "string"}
    unwanted = ("anyOf", "$ref", "$defs", "additionalProperties")
    assert [word for word in unwanted if word in json.dumps(loose_schema())] == []
