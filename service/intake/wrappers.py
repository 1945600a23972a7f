"""What automation tools put around a body: envelopes, lists of one, JSON inside a string."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl

from service.intake.content import Content
from service.intake.strict_json import Json

DEEPEST = 4
_BODIES = ("body", "payload", "data", "json")
_BESIDE_WORDS = "headers params query method url path webhookUrl executionMode binary pairedItem"
_BESIDE = frozenset(_BESIDE_WORDS.split())
"""What an envelope has beside the body; any other key belongs to a tool's own shape."""

_FORM = re.compile(r"[A-Za-z_]{1,40}=(?:%7[Bb]|%5[Bb]|[^&]{1,2000}&[A-Za-z_]{1,40}=%7[Bb])")
_MOST_FIELDS = 50


def layers(content: Content) -> Iterator[Content]:
    """The upload, then what it wraps, a few levels deep."""
    yield content
    for _ in range(DEEPEST):
        held = _held(content)
        if held is None:
            return
        content = Content(held.encode()) if isinstance(held, str) else Content.of_json(held)
        yield content


def _held(content: Content) -> Json:
    """What stands in the wrapper; None where this is none."""
    if not content.is_json:
        return _form_field(content.text)
    value = content.json
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict):
        return value[0]
    if isinstance(value, dict):
        return _body(value)
    return value if isinstance(value, str) else None


def _body(value: dict[str, Json]) -> Json:
    bodies = [key for key in _BODIES if key in value]
    if len(bodies) != 1 or not value.keys() - {bodies[0]} <= _BESIDE:
        return None
    held = value[bodies[0]]
    return held if isinstance(held, dict | list | str) else None


def _form_field(text: str) -> Json:
    """The one field of a form that holds JSON."""
    if not _FORM.match(text):
        return None
    fields = dict(parse_qsl(text.strip(), max_num_fields=_MOST_FIELDS, errors="replace"))
    found = [one for one in fields.values() if one[:1] in "{["]
    return found[0] if len(found) == 1 else None
