"""One request to a model, and its one end. Nothing else in Baton imports openai or instructor.

Importing this takes seconds: it is done when a model is opened, and only then.
"""

import asyncio
import logging
from typing import Any

import httpx2
import instructor
import openai
from instructor.core import InstructorError
from instructor.v2.core.hooks import Hooks
from openai.lib._pydantic import to_strict_json_schema

from service.llm.dialect import Dialect
from service.llm.endings import Heard, blocked, ending_of, timed_out
from service.llm.fault import Ending
from service.llm.provider import Provider
from service.llm.question import Question, R, Replied

CONNECT_S = 5.0
NO_KEY = "none"
"""Sent where the server asks for no key: without any the library looks into the environment."""

_MODES = {
    "json_schema": instructor.Mode.JSON_SCHEMA,
    "tools": instructor.Mode.TOOLS,
    "json": instructor.Mode.JSON,
}
_SILENT = logging.CRITICAL + 1


class Wire:
    """The connections to one provider; they belong to the event loop that uses them first."""

    def __init__(self, provider: Provider) -> None:
        _silence()
        self._raw = _connect(provider)
        self._model = provider.model
        self._by_form = {
            form: instructor.from_openai(self._raw, mode=mode) for form, mode in _MODES.items()
        }

    async def send(
        self, question: Question[R], dialect: Dialect, *, deadline_s: float
    ) -> Replied[R] | Ending:
        """Ask once. What the libraries raise holds the prompt and the reply: it ends here."""
        heard = Heard()
        try:
            async with asyncio.timeout(deadline_s):
                reply = await self._create(question, dialect, heard)
        except TimeoutError:
            return timed_out(heard)
        except InstructorError as error:
            return ending_of(error, heard)
        return blocked(heard) or Replied(reply, heard.usage, heard.finish, heard.request_id)

    async def close(self) -> None:
        """Let the connections go."""
        await self._raw.close()

    async def _create(self, question: Question[R], dialect: Dialect, heard: Heard) -> R:
        """No `context`: it would run every message, and so the source, as a template."""
        sampling: dict[str, Any] = {dialect.cap: question.max_output_tokens}
        if question.temperature is not None and dialect.takes_temperature:
            sampling["temperature"] = question.temperature
        made = await self._by_form[dialect.form].create(
            response_model=question.reply,
            messages=[
                {"role": "system", "content": question.system},
                {"role": "user", "content": question.user},
            ],
            model=self._model,
            max_retries=0,
            strict=dialect.strict,
            hooks=_listening(heard),
            extra_body=_shape(question, dialect),
            **sampling,
        )
        # What instructor makes is of a class of its own, and holds the whole answer beside it.
        return question.reply.model_validate(
            {name: getattr(made, name) for name in question.reply.model_fields}
        )


def _connect(provider: Provider) -> openai.AsyncOpenAI:
    """Everything is said here, so that no variable of the environment sends a source elsewhere.

    A request has one deadline, and it is set around it; the transport only bounds the connecting.
    """
    key = provider.api_key
    timeout = httpx2.Timeout(None, connect=CONNECT_S)
    http = openai.DefaultAsyncHttpx2Client(timeout=timeout, follow_redirects=False, trust_env=False)
    raw = openai.AsyncOpenAI(
        api_key=key.get_secret_value() if key else NO_KEY,
        base_url=provider.base_url,
        max_retries=0,
        timeout=timeout,
        http_client=http,
    )
    raw.organization = raw.project = None
    raw._custom_headers = {}  # noqa: SLF001  from the environment, and there is no argument for it
    return raw


def _silence() -> None:
    """What these loggers write quotes the prompt, the reply or the key."""
    logging.getLogger("instructor.v2.retry").setLevel(_SILENT)
    for name in ("instructor", "openai", "httpx2", "httpcore2"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _listening(heard: Heard) -> Hooks:
    """The reply as it comes: later its usage is changed, and of some errors it is lost."""
    hooks = Hooks()
    hooks.on("completion:response", heard.take)
    return hooks


def _shape(question: Question[R], dialect: Dialect) -> dict[str, Any] | None:
    """What is sent in place of what instructor says of the shape, which is never strict."""
    if dialect.form != "json_schema":
        return None
    given = question.schemas
    if dialect.strict:
        schema = given.strict if given else to_strict_json_schema(question.reply)
        named = {"name": question.reply.__name__, "strict": True, "schema": dict(schema)}
    else:
        schema = given.loose if given else question.reply.model_json_schema()
        named = {"name": question.reply.__name__, "schema": dict(schema)}
    return {"response_format": {"type": "json_schema", "json_schema": named}}
