"""Every failure as `application/problem+json` (RFC 9457), and no cause of ours in a 500."""

import logging
from http import HTTPStatus

from litestar import Response
from litestar.exceptions import HTTPException

from schemas.model import Model
from service import errors
from service.errors import BatonError, FieldError
from service.web.access import request_id_of
from service.web.state import Call

log = logging.getLogger("baton.web")

MEDIA_TYPE = "application/problem+json"

_BY_STATUS: dict[int, type[BatonError]] = {
    HTTPStatus.UNAUTHORIZED: errors.Unauthorized,
    HTTPStatus.NOT_FOUND: errors.NotFound,
    HTTPStatus.METHOD_NOT_ALLOWED: errors.MethodNotAllowed,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: errors.TooLarge,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: errors.UnsupportedMediaType,
    HTTPStatus.TOO_MANY_REQUESTS: errors.RateLimited,
}


_MENDS = {
    "unauthorized": "Send the header `Authorization: Bearer KEY` with a key that is in force.",
    "not-found": "Check the path, and the id in it.",
    "method-not-allowed": "The header `Allow` lists the methods of this path.",
    "malformed": "Check the syntax of the request.",
    "invalid": "Correct the field and send it again.",
    "no-content": "Send a transcript, a mail or a contract with words in it.",
    "too-large": "Send less.",
    "internal": "Try again; if it stays so, look for the `instance` in the log of the server.",
    "unavailable": "Try again shortly.",
}
"""What is said where the place of the error knows nothing better."""


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
    instance = request_id_of(request)
    if known.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        _log_unknown(request, error, instance)
    problem = problem_of(known, instance=instance)
    headers = _headers(known) | _from_headers(error)
    return Response(problem, status_code=known.status, media_type=MEDIA_TYPE, headers=headers)


def problem_of(error: BatonError, *, instance: str) -> Problem:
    """What is answered for it."""
    return Problem(
        type=type_of(error),
        title=error.title,
        status=error.status,
        detail=error.detail,
        field=error.field,
        mend=error.mend or _MENDS.get(error.type, ""),
        errors=tuple(error.errors),
        instance=instance,
    )


def type_of(error: BatonError | type[BatonError]) -> str:
    """The URI that names this kind of problem."""
    return f"/problems/{error.type}"


def _from_headers(error: Exception) -> dict[str, str]:
    """What Litestar knows: the methods of a path, or when the minute of a key is over."""
    found = (error.headers if isinstance(error, HTTPException) else None) or {}
    lower = {name.lower(): value for name, value in found.items()}
    named = {"Allow": "allow", "Retry-After": "ratelimit-reset"}
    return {name: lower[key] for name, key in named.items() if key in lower}


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


def _log_unknown(request: Call, error: Exception, instance: str) -> None:
    """Where it happened and of what class; `cli.logs` leaves its message out."""
    fields = {"request": instance, "route": request.scope.get("path_template")}
    log.error("unknown error", exc_info=error, extra={"fields": fields})
