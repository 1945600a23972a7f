"""From what the libraries raise to one typed ending, by its cause and by the reply itself."""

import email.utils
import json
import math
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx2
import openai
import pydantic
from instructor.core import IncompleteOutputException, InstructorError, InstructorRetryException
from openai.types.chat import ChatCompletionMessage
from openai.types.chat.chat_completion import Choice
from pydantic_core import ErrorDetails

from service.llm.fault import Ending, Kind, Part, Usage

MOST_RAW = 200_000
"""Characters of a reply that are kept; one within its cap of tokens is far below."""
MOST_PROBLEMS = 5

_BY_STATUS = {
    HTTPStatus.UNAUTHORIZED: Kind.UNAUTHORIZED,
    HTTPStatus.PAYMENT_REQUIRED: Kind.QUOTA,
    HTTPStatus.FORBIDDEN: Kind.UNAUTHORIZED,
    HTTPStatus.REQUEST_TIMEOUT: Kind.TIMEOUT,
    HTTPStatus.CONFLICT: Kind.SERVER,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Kind.TOO_LONG,
    HTTPStatus.TOO_EARLY: Kind.SERVER,
    HTTPStatus.TOO_MANY_REQUESTS: Kind.RATE_LIMITED,
}
_MAY_BE_BILLED = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.GATEWAY_TIMEOUT, 524}
"""Somebody gave up waiting for a model that may have gone on."""
_TOO_LONG = (
    *("context_length", "context length", "context window", "context size", "exceed_context"),
    *("too many tokens", "prompt is too long", "input is too long"),
)
"""How servers say that a prompt is over the limit: few of them use the code of OpenAI."""
_CAP = ("max_tokens", "max_completion_tokens")
_SHAPE = ("response_format", "json_schema", "strict", "tool_choice", "additionalproperties")
_NOTHING_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout)


@dataclass
class Heard:
    """The reply of one request, taken down as it came in."""

    completion: object = None
    usage: Usage | None = None

    def take(self, completion: object) -> None:
        """Called by instructor before it adds up the usage and reads the reply."""
        self.completion = completion
        self.usage = _usage_of(getattr(completion, "usage", None))

    @property
    def choice(self) -> Choice | None:
        """The one reply, where the answer of the server has any: the library checks no types."""
        choices = getattr(self.completion, "choices", None)
        first = choices[0] if isinstance(choices, list) and choices else None
        is_whole = isinstance(first, Choice) and isinstance(first.message, ChatCompletionMessage)
        return first if is_whole else None

    @property
    def finish(self) -> str:
        """Why the model stopped, in the server's word."""
        return str(self.choice.finish_reason) if self.choice else ""

    @property
    def request_id(self) -> str | None:
        """The provider's name of this request."""
        return getattr(self.completion, "_request_id", None)

    @property
    def raw(self) -> str | None:
        """The words of the reply, wherever the server put them."""
        if self.choice is None:
            return self.completion[:MOST_RAW] if isinstance(self.completion, str) else None
        message = self.choice.message
        calls = message.tool_calls if isinstance(message.tool_calls, list) else []
        called = [getattr(getattr(call, "function", None), "arguments", "") for call in calls]
        return "\n".join(map(str, called or [message.content or message.refusal or ""]))[:MOST_RAW]

    def ending(self, kind: Kind, cause: str, **more: Any) -> Ending:  # noqa: ANN401  fields of Ending
        """An ending after a reply."""
        known = {"usage": self.usage, "raw": self.raw, "request_id": self.request_id}
        return Ending(kind, cause, **(known | more))


def timed_out(heard: Heard) -> Ending:
    """The deadline came first; what the provider counted is not known."""
    return Ending(Kind.TIMEOUT, "TimeoutError", usage=heard.usage)


def blocked(heard: Heard) -> Ending | None:
    """A reply that was declined or taken away, also where what is left of it can be read."""
    if heard.choice is None:
        return None
    if heard.choice.message.refusal:
        return heard.ending(Kind.REFUSED, "Refusal")
    if heard.finish == "content_filter":
        return heard.ending(Kind.FILTERED, "ContentFilter")
    return None


def ending_of(error: InstructorError, heard: Heard) -> Ending:
    """What instructor raised, by its cause: it wraps every error but the cut-off."""
    if isinstance(error, IncompleteOutputException):
        return heard.ending(Kind.CUT_OFF, type(error).__name__)
    cause = error.__cause__ if isinstance(error, InstructorRetryException) else error
    if isinstance(cause, openai.APIStatusError):
        return _of_status(cause)
    if isinstance(cause, openai.APIConnectionError):
        return _of_connection(cause)
    return blocked(heard) or _of_reply(cause, heard)


def _of_connection(cause: openai.APIConnectionError) -> Ending:
    was_sent = not isinstance(cause.__cause__, _NOTHING_SENT)
    kind = Kind.TIMEOUT if isinstance(cause, openai.APITimeoutError) else Kind.NETWORK
    return Ending(kind, type(cause).__name__, usage=None if was_sent else Usage())


def _of_reply(cause: BaseException | None, heard: Heard) -> Ending:
    """There was an answer; if nothing in it can be read, it is the reply's fault and not ours."""
    name = type(cause).__name__
    if isinstance(cause, pydantic.ValidationError):
        return heard.ending(Kind.UNREADABLE, name, problems=_problems(cause))
    if isinstance(cause, json.JSONDecodeError) and heard.completion is None:
        return heard.ending(Kind.UNREADABLE, name, raw=cause.doc[:MOST_RAW])
    if heard.completion is not None or isinstance(cause, ValueError | RecursionError):
        return heard.ending(Kind.UNREADABLE, name)
    return heard.ending(Kind.BUG, name)


def _of_status(cause: openai.APIStatusError) -> Ending:
    kind = _kind_of_status(cause)
    return Ending(
        kind,
        type(cause).__name__,
        status=cause.status_code,
        retry_after_s=_retry_after_s(cause.response.headers),
        request_id=cause.request_id,
        disputed=_disputed(cause) if kind is Kind.REJECTED else None,
        usage=None if cause.status_code in _MAY_BE_BILLED else Usage(),
    )


def _kind_of_status(cause: openai.APIStatusError) -> Kind:
    if cause.code == "insufficient_quota":
        return Kind.QUOTA
    if cause.status_code in _BY_STATUS:
        return _BY_STATUS[HTTPStatus(cause.status_code)]
    if cause.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Kind.SERVER
    told = _told(cause)
    return Kind.TOO_LONG if any(phrase in told for phrase in _TOO_LONG) else Kind.REJECTED


def _disputed(cause: openai.APIStatusError) -> Part | None:
    """Which part of our request the server names."""
    told = _told(cause)
    if any(name in told for name in _CAP):
        return "cap"
    if any(name in told for name in _SHAPE):
        return "shape"
    return "temperature" if "temperature" in told else None


def _told(cause: openai.APIStatusError) -> str:
    """The server's own words, to be looked at and never kept."""
    return f"{cause.code} {cause.param} {cause.message}".lower()[:4000]


def _retry_after_s(headers: httpx2.Headers) -> float | None:
    """Seconds, milliseconds or a date; None: not said, or not in any of these ways."""
    if "retry-after-ms" in headers:
        thousands = _number(headers["retry-after-ms"])
        return None if thousands is None else thousands / 1000
    said = headers.get("retry-after", "")
    seconds = _number(said)
    return _seconds_between(headers.get("date", ""), said) if seconds is None else seconds


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _seconds_between(now: str, then: str) -> float | None:
    """Both by the server's clock; None where one of them is no date."""
    begin, end = email.utils.parsedate_tz(now), email.utils.parsedate_tz(then)
    if begin is None or end is None:
        return None
    return float(email.utils.mktime_tz(end) - email.utils.mktime_tz(begin))


def _problems(error: pydantic.ValidationError) -> tuple[str, ...]:
    """Places and types, which may be logged: no value, and no key that the model made up."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return tuple(f"{_place(one)}: {one['type']}" for one in found[:MOST_PROBLEMS])


def _place(problem: ErrorDetails) -> str:
    known = problem["loc"][:-1] if problem["type"] == "extra_forbidden" else problem["loc"]
    return ".".join(map(str, known)) or "reply"


def _usage_of(usage: object) -> Usage | None:
    """None where the server does not say, or says no numbers: it is not checked on its way."""
    went_in = getattr(usage, "prompt_tokens", None)
    came_out = getattr(usage, "completion_tokens", None)
    if not (isinstance(went_in, int) and isinstance(came_out, int)) or min(went_in, came_out) < 0:
        return None
    cached = getattr(getattr(usage, "prompt_tokens_details", None), "cached_tokens", None)
    return Usage(went_in, came_out, cached if isinstance(cached, int) and cached > 0 else 0)
