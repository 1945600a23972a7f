"""Every failure as `application/problem+json` (RFC 9457), and no cause of ours in a 500."""

import logging
import traceback
from http import HTTPStatus
from uuid import uuid4

import pydantic
from litestar import Response
from litestar.exceptions import HTTPException, ValidationException

from schemas.model import Model
from service import errors
from service.errors import BatonError, FieldError
from service.web.state import Call

log = logging.getLogger("baton.web")

MEDIA_TYPE = "application/problem+json"

_BY_STATUS: dict[int, type[BatonError]] = {
    HTTPStatus.UNAUTHORIZED: errors.Unauthorized,
    HTTPStatus.NOT_FOUND: errors.NotFound,
    HTTPStatus.METHOD_NOT_ALLOWED: errors.MethodNotAllowed,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: errors.TooLarge,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: errors.UnsupportedMediaType,
}


class Problem(Model):
    """What went wrong, where, and how to mend it."""

    type: str
    title: str
    status: int
    detail: str
    field: str | None
    mend: str
    errors: tuple[FieldError, ...]
    instance: str


def answer(request: Call, error: Exception) -> Response[Problem]:
    """The one exception handler of the app."""
    known = _known(error)
    instance = str(uuid4())
    if known.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        _log_unknown(request, error, instance)
    problem = Problem(
        type=f"/problems/{known.type}",
        title=known.title,
        status=known.status,
        detail=known.detail,
        field=known.field,
        mend=known.mend,
        errors=tuple(known.errors),
        instance=instance,
    )
    return Response(
        problem, status_code=known.status, media_type=MEDIA_TYPE, headers=_headers(known)
    )


def _headers(error: BatonError) -> dict[str, str]:
    headers = {}
    if error.retry_after_s is not None:
        headers["Retry-After"] = str(error.retry_after_s)
    if isinstance(error, errors.Unauthorized):
        headers["WWW-Authenticate"] = "Bearer"
    return headers


def _known(error: Exception) -> BatonError:
    if isinstance(error, BatonError):
        return error
    if isinstance(error, RecursionError):
        return errors.Malformed("The body is nested too deep.", mend="Nest at most 64 levels.")
    if isinstance(error, ValidationException):
        return _invalid(error)
    if isinstance(error, HTTPException):
        return _from_litestar(error)
    return BatonError()


def _from_litestar(error: HTTPException) -> BatonError:
    kind = _BY_STATUS.get(error.status_code)
    if kind is not None:
        return kind()
    if HTTPStatus.BAD_REQUEST <= error.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
        return errors.Malformed("The body or its form cannot be read.", mend="Check its syntax.")
    return BatonError()


def _invalid(error: ValidationException) -> BatonError:
    """Litestar found a parameter that does not fit its type."""
    found = error.extra if isinstance(error.extra, list) else []
    wrong = [
        FieldError(field=str(one.get("key", "")), detail=str(one.get("message", "")))
        for one in found
        if isinstance(one, dict)
    ]
    return errors.Invalid(field=wrong[0].field if wrong else None, errors=wrong)


def invalid_fields(error: pydantic.ValidationError) -> errors.Invalid:
    """What pydantic found, without the values that it looked at."""
    wrong = [
        FieldError(field=".".join(map(str, one["loc"])), detail=_said(one["msg"]))
        for one in error.errors(include_url=False, include_context=False, include_input=False)
    ]
    detail = "; ".join(f"{one.field}: {one.detail}" for one in wrong[:5])
    return errors.Invalid(detail, field=wrong[0].field, mend="See `errors`.", errors=wrong)


def _said(message: str) -> str:
    return message.removeprefix("Value error, ")


def _log_unknown(request: Call, error: Exception, instance: str) -> None:
    """Where it happened and of what class: never its message, which may quote a transcript."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error(
        "unknown error %s in %s %s, request %s\n%s",
        type(error).__name__,
        request.method,
        request.url.path,
        instance,
        frames,
    )
