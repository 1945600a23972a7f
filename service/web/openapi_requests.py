"""All that a route takes: parameters, headers and bodies, with their limits and an example."""

import json
from typing import Any, TypeAlias

from litestar.handlers import HTTPRouteHandler

from schemas.model import Model
from service.web.bodies import FORM_PARTS
from service.web.examples import CLAIM_ID, CUSTOMER, EXAMPLES, SOURCE_ID, TRANSCRIPT
from service.web.headers import Asked
from service.web.openapi_answers import REF, Refs, Shape, example_of
from service.web.terms import FORM, JSON, terms_of

Described: TypeAlias = dict[str, Any]

_IN_PATHS = {
    "source_id": ("The id of a source.", SOURCE_ID),
    "claim_id": ("The id of a claim.", CLAIM_ID),
    "provider": ("A recorder, a dialer or a mail gateway.", "fathom"),
    "ref": ("Your own reference of it.", CUSTOMER),
}
_FILE: Described = {
    "description": "The file; it may repeat for the messages of one mail thread.",
    "type": "array",
    "items": {"type": "string", "format": "binary"},
    "minItems": 1,
    "maxItems": FORM_PARTS,
}


def shapes_asked(handler: HTTPRouteHandler) -> set[Shape]:
    """Every shape of the bodies and the query of a route."""
    asked = terms_of(handler)
    return {*asked.bodies.values(), *([asked.query] if asked.query else [])}


def parameters(in_path: list[Described], handler: HTTPRouteHandler) -> list[Described]:
    """What stands in the path, in the query and in headers."""
    terms = terms_of(handler)
    queried = _queried(terms.query) if terms.query else []
    return [*map(_named, in_path), *queried, *map(_header, terms.headers)]


def _named(parameter: Described) -> Described:
    says, example = _IN_PATHS[parameter["name"]]
    schema = {"type": "string", "minLength": 1}
    return {
        "name": parameter["name"],
        "in": "path",
        "required": True,
        "description": says,
        "schema": schema,
        "example": example,
    }


def _header(asked: Asked) -> Described:
    return {
        "name": asked.name,
        "in": "header",
        "description": asked.says,
        "schema": {"type": "string"} | ({"pattern": asked.pattern} if asked.pattern else {}),
        "example": asked.example,
    }


def _queried(shape: type[Model]) -> list[Described]:
    example = example_of(shape) if shape in EXAMPLES else {}
    required = shape.model_json_schema().get("required", ())
    return [
        {
            "name": name,
            "in": "query",
            "required": name in required,
            "description": schema.pop("description", ""),
            "schema": schema,
        }
        | ({"example": example[name]} if name in example else {})
        for name, schema in _present(shape).items()
    ]


def bodies(handler: HTTPRouteHandler, refs: Refs) -> Described | None:
    """The `requestBody` of a route, by media type."""
    terms = terms_of(handler)
    if not terms.bodies:
        return None
    content = {
        kind: _form(shape)
        if kind == FORM
        else {"schema": refs[shape, "validation"], "example": example_of(shape)}
        for kind, shape in terms.bodies.items()
    }
    return {"required": terms.needs_body, "content": content}


def _form(shape: Shape) -> Described:
    """The file and the fields around it; a list is one part that holds JSON."""
    fields = _present(shape)
    lists = {name for name, one in fields.items() if one.get("type") == "array"}
    schema = {
        "type": "object",
        "properties": {"file": _FILE}
        | {name: _written(one) if name in lists else one for name, one in fields.items()},
        "required": ["file"],
        "additionalProperties": False,
    }
    example = {
        name: json.dumps(value) if name in lists else value
        for name, value in example_of(shape).items()
    }
    return {"schema": schema, "example": {"file": [TRANSCRIPT]} | example}


def _written(schema: Described) -> Described:
    return {"type": "string", "contentMediaType": JSON, "contentSchema": schema}


def _present(shape: Shape) -> dict[str, Described]:
    """The fields as they are where they are sent: whoever leaves one out sends no null."""
    properties = shape.model_json_schema(ref_template=REF)["properties"]
    return {name: _not_null(one) for name, one in properties.items()}


def _not_null(schema: Described) -> Described:
    whole = schema.get("anyOf", [{}])[0] | schema
    absent = {"default"} if whole.get("default") is None else set()
    return {key: one for key, one in whole.items() if key not in {"anyOf", "title"} | absent}
