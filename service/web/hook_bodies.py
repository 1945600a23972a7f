"""Bodies of hooks: the very bytes for a signature; of a mail's form the fields, as they stream."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from typing import Final
from urllib.parse import parse_qsl

from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header

from service.errors import Malformed, TooLarge
from service.hooks.forms import carried_body, decoded
from service.hooks.providers import PROVIDERS
from service.hooks.received import Received
from service.web.bodies import MIB
from service.web.state import Call

LIMIT: Final = 5 * MIB
MAIL_LIMIT: Final = 30 * MIB
MAIL_PARTS: Final = 1_000
_FORM: Final = "multipart/form-data"
_FIELDS: Final = "application/x-www-form-urlencoded"


async def read_call(request: Call, provider: str, *, public_url: str) -> Received:
    """What a provider sent. Raises TooLarge, Malformed."""
    is_mail = provider in PROVIDERS and PROVIDERS[provider].is_mail
    query = f"?{request.url.query}" if request.url.query else ""
    url = f"{public_url}{request.url.path}{query}"
    headers = {name.lower(): value for name, value in request.headers.items()}
    form = await _form(request, headers.get("content-type", "")) if is_mail else {}
    if not form:
        body = await _body(request, limit=MAIL_LIMIT if is_mail else LIMIT)
        return Received(request.method, url, headers, body)
    fields = await asyncio.to_thread(decoded, form)
    # A gateway's second try has another boundary: what counts is what the fields say.
    return Received(request.method, url, headers, carried_body(form, fields), fields)


async def _form(request: Call, content_type: str) -> Mapping[str, bytes]:
    """The fields of a form; nothing for a body that is none."""
    if request.content_type[0] == _FORM:
        return await _parts(request, content_type)
    if request.content_type[0] == _FIELDS:
        # Litestar keeps the last forms that it has read in memory: mail has no place there.
        return await asyncio.to_thread(_pairs, await _body(request, limit=MAIL_LIMIT))
    return {}


async def _body(request: Call, *, limit: int) -> bytes:
    """No reading on past the limit."""
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > limit:
            raise TooLarge(f"The body is over {limit} bytes.", mend="Send less.")
    return bytes(found)


def _pairs(body: bytes) -> dict[str, bytes]:
    """Of a name that repeats the first counts: what is signed has to be unambiguous."""
    latin = "latin-1"  # one byte, one character: what the bytes mean is found out later
    try:
        pairs = parse_qsl(
            body.decode(latin), keep_blank_values=True, encoding=latin, max_num_fields=MAIL_PARTS
        )
    except ValueError as error:
        raise TooLarge(f"The form has over {MAIL_PARTS} fields.", mend="Send less.") from error
    return {name: value.encode(latin) for name, value in reversed(pairs)}


async def _parts(request: Call, content_type: str) -> dict[str, bytes]:
    """The fields of a mail; files are dropped as they stream past."""
    boundary = parse_options_header(content_type)[1].get("boundary", "")
    if not boundary:
        raise Malformed("The form names no boundary.", field="body", mend="Send it as a form.")
    try:
        return await _fields(request.stream(), boundary)
    except MultipartError as error:
        raise Malformed("The form cannot be read.", field="body", mend="Send it whole.") from error


async def _fields(stream: AsyncIterator[bytes], boundary: str) -> dict[str, bytes]:
    found: dict[str, bytearray] = {}
    names: list[str] = []
    parts = 0
    current: bytearray | None = None
    with PushMultipartParser(boundary) as parser:
        async for chunk in stream:
            for event in parser.parse(chunk):
                if isinstance(event, MultipartSegment):
                    parts += 1
                    names += [event.filename] if event.filename else []
                    current = _kept(found, event)
                elif event is not None and current is not None:
                    current += event
                if parts > MAIL_PARTS:
                    raise TooLarge(f"The form has over {MAIL_PARTS} parts.", mend="Send less.")
    if names:  # as Mailgun lists attachments that it keeps; others list them by themselves
        listed = json.dumps([{"name": one} for one in names])
        found.setdefault("attachments", bytearray(listed.encode()))
    return {name: bytes(value) for name, value in found.items()}


def _kept(found: dict[str, bytearray], part: MultipartSegment) -> bytearray | None:
    """None for a file, and for a field that came already: what is signed has to be unambiguous."""
    if part.filename is not None or part.name in found:
        return None
    return found.setdefault(part.name, bytearray())
