"""Request bodies, read under a limit and refused with the field that is wrong."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from litestar.datastructures import FormMultiDict, UploadFile
from litestar.exceptions import ClientException

from schemas.source import StatedParticipant
from schemas.upload import SourceBody, SourceForm
from service.actions.files import File, Upload
from service.errors import BatonError, Invalid, Malformed, TooLarge, UnsupportedMediaType, shown
from service.intake.strict_json import Json, loads
from service.web.fields import validated
from service.web.state import Call

MIB = 1024 * 1024
FILE_LIMIT = 25 * MIB
JSON_LIMIT = 10 * MIB
BODY_LIMIT = 256 * 1024
MULTIPART_LIMIT = FILE_LIMIT + MIB
"""The file and the form around it."""
FORM_PARTS = 20
_NAME_LIMIT = 255
_TOO_MANY_PARTS = "Request Entity Too Large"
"""All that Litestar says of it: it answers 400, as it does to any broken form."""


async def read_object(request: Call, *, limit: int = BODY_LIMIT) -> Json:
    """The JSON object of a body. Raises UnsupportedMediaType, TooLarge, Malformed, Invalid."""
    if request.content_type[0] != "application/json":
        raise UnsupportedMediaType(mend="Send Content-Type: application/json.")
    found = loads(await _text(request, limit), field=None)
    if not isinstance(found, dict):
        raise Invalid("The body is no JSON object.", field="body", mend="Send an object.")
    return found


async def _text(request: Call, limit: int) -> str:
    body = await request.body()
    if len(body) > limit:
        raise TooLarge(f"The body is over {limit} bytes.", mend="Send less.")
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise Malformed("The body is not UTF-8.", field="body", mend="Send UTF-8.") from error


async def read_upload(request: Call) -> Upload:
    """An upload as multipart (a file and fields) or as JSON (the content and fields)."""
    kind = request.content_type[0]
    if kind == "application/json":
        return _from_json(validated(SourceBody, await read_object(request, limit=JSON_LIMIT)))
    if kind == "multipart/form-data":
        return await _from_form(request)
    raise UnsupportedMediaType(mend="Send multipart/form-data or application/json.")


@contextmanager
def named_as_sent(request: Call) -> Iterator[None]:
    """What the readers call the file is the key `content` to a caller who sent JSON."""
    try:
        yield
    except BatonError as error:
        if error.field == "file" and request.content_type[0] == "application/json":
            error.field = "content"
        raise


def _from_json(body: SourceBody) -> Upload:
    if isinstance(body.content, str):
        content = body.content
    else:
        content = json.dumps(body.content, ensure_ascii=False, separators=(",", ":"))
    return _upload([File(content.encode())], body)


async def _from_form(request: Call) -> Upload:
    form = await _form(request)
    _refuse_repeats(list(form.multi_items()))
    fields: dict[str, Any] = dict(form)
    fields.pop("file", None)
    files = [await _file(part) for part in form.getall("file", [])]
    if not files:
        raise Invalid("The part `file` is missing.", field="file", mend="Send one.")
    if "participants" in fields:
        fields["participants"] = _participants(fields["participants"])
    described = validated(SourceForm, {name: _blank(value) for name, value in fields.items()})
    return _upload(files, described)


async def _file(part: object) -> File:
    if not isinstance(part, UploadFile):
        raise Invalid("The part `file` is no file.", field="file", mend="Give it a file name.")
    content = await part.read()
    if len(content) > FILE_LIMIT:
        raise TooLarge(f"The file is over {FILE_LIMIT} bytes.", field="file", mend="Send less.")
    return File(content, _label(part.filename))


async def _form(request: Call) -> FormMultiDict:
    """Raises TooLarge for too many parts, Malformed for what is no form."""
    try:
        return await request.form()
    except ClientException as error:
        if error.detail == _TOO_MANY_PARTS:
            detail = f"The form has over {FORM_PARTS} parts, or a part with a very long head."
            raise TooLarge(detail, mend="Send fewer, or shorter names.") from error
        raise
    except (UnicodeDecodeError, LookupError) as error:
        detail = "A part of the form is not in the charset that it names, or in UTF-8."
        raise Malformed(detail, field="body", mend="Send the fields as UTF-8.") from error


def _refuse_repeats(items: list[tuple[str, Any]]) -> None:
    names = [name for name, _ in items if name != "file"]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        name = shown(twice)
        raise Invalid(f"The part `{name}` comes twice.", field=name, mend="Send it once.")


def _participants(value: object) -> Json:
    """The one field of a form that holds JSON."""
    if not isinstance(value, str):
        detail = "A file where a field is expected."
        raise Malformed(detail, field="participants", mend="Send the part without a file name.")
    return loads(value, field="participants")


def _blank(value: object) -> object:
    """An empty field of a form says nothing."""
    return None if value == "" else value


def _label(filename: str | None) -> str | None:
    """A file name is a label and never a path."""
    kept = "".join(char for char in filename or "" if char.isprintable() and char not in "/\\")
    return kept[:_NAME_LIMIT] or None


def _upload(files: list[File], described: SourceForm) -> Upload:
    named = tuple(StatedParticipant(**one.model_dump()) for one in described.participants)
    return Upload(
        content=files[0].content,
        filename=files[0].filename,
        rest=tuple(files[1:]),
        kind=described.kind,
        format=described.format,
        customer=described.customer,
        deal=described.deal,
        title=described.title or None,
        occurred_at=described.occurred_at,
        participants=named,
        external_id=described.external_id,
        consent=described.consent,
    )
