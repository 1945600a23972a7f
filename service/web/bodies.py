"""Request bodies, read under a limit and refused with the field that is wrong."""

import json
from typing import Any, TypeVar

import pydantic
from litestar.datastructures import UploadFile

from schemas.model import Model
from schemas.source import StatedParticipant
from schemas.upload import SourceBody, SourceForm
from service.actions.upload import Upload
from service.errors import Invalid, Malformed, TooLarge, UnsupportedMediaType
from service.intake.strict_json import Json, loads
from service.web.problems import invalid_fields
from service.web.state import Call

MIB = 1024 * 1024
FILE_LIMIT = 25 * MIB
JSON_LIMIT = 10 * MIB
BODY_LIMIT = 256 * 1024
MULTIPART_LIMIT = FILE_LIMIT + MIB
"""The file and the form around it."""
_NAME_LIMIT = 255

Shape = TypeVar("Shape", bound=Model)


def validated(shape: type[Shape], value: object) -> Shape:
    """The value in that shape. Raises Invalid with each field that is wrong."""
    try:
        return shape.model_validate(value)
    except pydantic.ValidationError as error:
        raise invalid_fields(error) from error


async def read_json(request: Call, *, limit: int = BODY_LIMIT) -> Json:
    """The JSON of a body. Raises UnsupportedMediaType, TooLarge, Malformed."""
    if request.content_type[0] != "application/json":
        raise UnsupportedMediaType(mend="Send Content-Type: application/json.")
    body = await request.body()
    if len(body) > limit:
        raise TooLarge(f"The body is over {limit} bytes.", mend="Send less.")
    try:
        return loads(body.decode())
    except UnicodeDecodeError as error:
        raise Malformed("The body is not UTF-8.", mend="Send JSON as UTF-8.") from error


async def read_upload(request: Call) -> Upload:
    """An upload as multipart (a file and fields) or as JSON (the content and fields)."""
    kind = request.content_type[0]
    if kind == "application/json":
        return _from_json(validated(SourceBody, await read_json(request, limit=JSON_LIMIT)))
    if kind == "multipart/form-data":
        return await _from_form(request)
    raise UnsupportedMediaType(mend="Send multipart/form-data or application/json.")


def _from_json(body: SourceBody) -> Upload:
    if isinstance(body.content, str):
        content = body.content
    else:
        content = json.dumps(body.content, ensure_ascii=False, separators=(",", ":"))
    return _upload(content.encode(), body, filename=None)


async def _from_form(request: Call) -> Upload:
    form = await request.form()
    _refuse_repeats(list(form.multi_items()))
    fields: dict[str, Any] = dict(form)
    file = fields.pop("file", None)
    if not isinstance(file, UploadFile):
        raise Invalid("The part `file` is missing or is no file.", field="file", mend="Send one.")
    if "participants" in fields:
        fields["participants"] = loads(_as_text(fields["participants"]))
    described = validated(SourceForm, {name: _blank(value) for name, value in fields.items()})
    content = await file.read()
    if len(content) > FILE_LIMIT:
        raise TooLarge(f"The file is over {FILE_LIMIT} bytes.", field="file", mend="Send less.")
    return _upload(content, described, filename=_label(file.filename))


def _refuse_repeats(items: list[tuple[str, Any]]) -> None:
    names = [name for name, _ in items]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise Invalid(f"The part `{twice[:100]}` comes twice.", field=twice, mend="Send it once.")


def _as_text(value: object) -> str:
    if not isinstance(value, str):
        raise Malformed("A file where a field is expected.", field="participants")
    return value


def _blank(value: object) -> object:
    """An empty field of a form says nothing."""
    return None if value == "" else value


def _label(filename: str | None) -> str | None:
    """A file name is a label and never a path."""
    kept = "".join(char for char in filename or "" if char.isprintable() and char not in "/\\")
    return kept[:_NAME_LIMIT] or None


def _upload(content: bytes, described: SourceForm, *, filename: str | None) -> Upload:
    named = tuple(StatedParticipant(**one.model_dump()) for one in described.participants)
    return Upload(
        content=content,
        filename=filename,
        kind=described.kind,
        format=described.format,
        customer=described.customer,
        deal=described.deal,
        title=described.title or None,
        occurred_at=described.occurred_at,
        participants=named,
        external_id=described.external_id,
    )
