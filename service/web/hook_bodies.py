"""Bodies of hooks: the very bytes for a signature; of a mail's form the fields, as they stream."""

import json
from collections.abc import AsyncIterator, Mapping
from typing import Final

from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header

from service.errors import Malformed, TooLarge
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
    fields: Mapping[str, str] = {}
    if is_mail and request.content_type[0] == _FORM:
        fields = await _form(request, headers["content-type"])
    elif is_mail and request.content_type[0] == _FIELDS:
        fields = {name: str(value) for name, value in (await request.form()).items()}
    # A gateway's second try has another boundary: what counts is what the fields say.
    body = json.dumps(fields).encode() if fields else await _body(request)
    return Received(request.method, url, headers, body, fields)


async def _body(request: Call) -> bytes:
    """No reading on past the limit."""
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > LIMIT:
            raise TooLarge(f"The body is over {LIMIT} bytes.", mend="Send less.")
    return bytes(found)


async def _form(request: Call, content_type: str) -> dict[str, str]:
    """The fields of a mail; files are dropped as they stream past."""
    boundary = parse_options_header(content_type)[1].get("boundary", "")
    if not boundary:
        raise Malformed("The form names no boundary.", field="body", mend="Send it as a form.")
    try:
        return await _fields(request.stream(), boundary)
    except MultipartError as error:
        raise Malformed("The form cannot be read.", field="body", mend="Send it whole.") from error
    except UnicodeDecodeError as error:
        raise Malformed("A field is not UTF-8.", field="body", mend="Send UTF-8.") from error


async def _fields(stream: AsyncIterator[bytes], boundary: str) -> dict[str, str]:
    found: dict[str, bytearray] = {}
    size, parts = 0, 0
    current: bytearray | None = None
    with PushMultipartParser(boundary) as parser:
        async for chunk in stream:
            for event in parser.parse(chunk):
                if isinstance(event, MultipartSegment):
                    parts += 1
                    current = _kept(found, event)
                elif event is not None and current is not None:
                    current += event
                    size += len(event)
                if size > LIMIT or parts > MAIL_PARTS:
                    detail = f"The form has over {MAIL_PARTS} parts, or {LIMIT} bytes of text."
                    raise TooLarge(detail, mend="Send less.")
    return {name: value.decode() for name, value in found.items()}


def _kept(found: dict[str, bytearray], part: MultipartSegment) -> bytearray | None:
    """None for a file, and for a field that came already: what is signed has to be unambiguous."""
    if part.filename is not None or part.name in found:
        return None
    return found.setdefault(part.name, bytearray())
