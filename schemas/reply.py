"""What a language model sends back: nothing in it is trusted until the gate has found its quotes.

Types are strict; lengths are not bounded here, because what is too long is refused item by item
and never the whole reply.
"""

from typing import Annotated, Any

from pydantic import BeforeValidator, StrictInt, model_validator

from schemas.model import Model
from schemas.reply_shapes import unwrapped


class Item(Model):
    """One thing that the model says it has read, with the words it stands on."""

    turn: StrictInt
    """The number in front of the turn."""
    quote: str
    """Words of that turn, copied character for character."""
    statement: str
    """One short sentence that adds nothing to the quote."""
    promised_to: str | None = None
    due_text: str | None = None
    """The words that say when."""


def _frozen(value: object) -> object:
    """Strict parsing, which some clients ask for, refuses a list where a tuple is meant."""
    return tuple(value) if isinstance(value, list) else value


Items = Annotated[tuple[Item, ...], BeforeValidator(_frozen)]


class Reply(Model):
    """The four fields of a note; each is there, if only as an empty list."""

    why_they_bought: Items
    what_was_promised: Items
    success_in_their_words: Items
    customer_commitments: Items

    @model_validator(mode="before")
    @classmethod
    def _unwrap(cls, data: object) -> object:
        return unwrapped(data)


def strict_schema() -> dict[str, Any]:
    """JSON Schema for servers that hold a reply to it: closed, and every key required."""
    closed = {"additionalProperties": False}
    properties = {name: _type(name, nullable=True) for name in Item.model_fields}
    item = _object(properties, required=list(properties)) | closed
    return _reply({"$ref": "#/$defs/Item"}) | closed | {"$defs": {"Item": item}}


def loose_schema() -> dict[str, Any]:
    """The same shape without closing, unions and references, which some servers refuse."""
    properties = {name: _type(name, nullable=False) for name in Item.model_fields}
    needed = [name for name, field in Item.model_fields.items() if field.is_required()]
    return _reply(_object(properties, required=needed))


def _type(name: str, *, nullable: bool) -> dict[str, Any]:
    """The prompt says what each key is for, so the schema does not pay for it again."""
    schema = Item.model_json_schema()["properties"][name]
    if "anyOf" not in schema:
        return {"type": schema["type"]}
    return {"anyOf": schema["anyOf"]} if nullable else dict(schema["anyOf"][0])


def _reply(item: dict[str, Any]) -> dict[str, Any]:
    fields = {field: {"type": "array", "items": item} for field in Reply.model_fields}
    return _object(fields, required=list(fields))


def _object(properties: dict[str, Any], *, required: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required}
