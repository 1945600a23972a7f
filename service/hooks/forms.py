"""The form of a mail gateway: fields whose bytes mean what the sender says, or what they can."""

import json
from collections.abc import Mapping
from typing import Final

from service.intake.mail import text

WHOLE: Final = ("email", "body-mime")
"""Fields that hold a whole message with charsets of its own: never decoded."""


def decoded(form: Mapping[str, bytes]) -> dict[str, str]:
    """The fields as text: by the charset that the form names for each, else by what fits."""
    named = _named(form.get("charsets", b""))
    return {
        name: text.decode(value, named.get(name))
        for name, value in form.items()
        if name not in WHOLE
    }


def carried_body(form: Mapping[str, bytes], fields: Mapping[str, str]) -> bytes:
    """The message: as it was sent where the gateway hands it on whole, else the fields."""
    whole = next((form[name] for name in WHOLE if form.get(name)), None)
    return whole or json.dumps(fields).encode()


def _named(charsets: bytes) -> dict[str, str]:
    """SendGrid's own field: a charset for each name."""
    try:
        found = json.loads(charsets)
    except (ValueError, RecursionError):
        return {}
    pairs = found.items() if isinstance(found, dict) else ()
    return {name: value for name, value in pairs if isinstance(value, str)}
