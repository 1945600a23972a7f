"""A model behind the API of OpenAI: one call, at most two requests, one typed end."""

import asyncio
import itertools
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from schemas.model import Model as Value
from service.llm.asking import Step, decide
from service.llm.breaker import Breaker
from service.llm.dialect import CANDIDATES, Dialect
from service.llm.fault import Ending, Kind, ModelFault, Usage
from service.llm.provider import Provider
from service.llm.question import Answer, Question, R, Replied, Schemas, Sender
from service.llm.spend import Estimate, Spend

log = logging.getLogger("baton.llm")

NO_ANSWER = frozenset({Kind.TIMEOUT, Kind.NETWORK, Kind.SERVER})
"""What the breaker counts: any other end shows that the provider lives."""
NOT_THIS_WAY = frozenset({Kind.UNREADABLE, Kind.CUT_OFF, Kind.TOO_LONG, Kind.REJECTED})
"""How a probe ends where the server does not know that way to ask."""
NOT_FOUND = 404


class Ready(Value):
    """The reply to a probe."""

    ready: bool


PROBE = Question(
    system="Reply with the JSON that is asked for, and with nothing else.",
    user="Set ready to true.",
    reply=Ready,
    max_output_tokens=256,
)


@dataclass
class _Call:
    """One call with its requests: a probe, tries, and what each has cost."""

    spend: Spend
    ends_at: float
    usage: Usage = field(default_factory=Usage)
    requests: int = 0


class Model:
    """One model of one provider, for the one event loop that uses it."""

    def __init__(
        self, sender: Sender, provider: Provider, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._sender = sender
        self._provider = provider
        self._clock = clock
        self._breaker = Breaker()
        self._dialect: Dialect | None = None
        self._probing = asyncio.Lock()

    @property
    def name(self) -> str:
        """The model, as the provider calls it."""
        return self._provider.model

    async def ask(
        self,
        system: str,
        user: str,
        *,
        reply: type[R],
        max_output_tokens: int,
        deadline_s: float,
        spend: Spend,
        schemas: Schemas | None = None,
        temperature: float | None = None,
    ) -> Answer[R]:
        """One reply of that type, within the deadline; raises ModelFault."""
        call = _Call(spend, ends_at=asyncio.get_running_loop().time() + deadline_s)
        question = Question(system, user, reply, max_output_tokens, schemas, temperature)
        for tries in itertools.count(1):
            end, dialect = await self._ask_once(question, call)
            if isinstance(end, Replied):
                return _answer(end, dialect, call)
            fault = ModelFault(end, usage=call.usage, tries=call.requests)
            if decide(fault, tries).step is not Step.ASK_AGAIN:
                raise fault
            question = replace(question, user=f"{user}\n\n{_complaint(end)}")
        raise AssertionError("a counter has no end")

    async def close(self) -> None:
        """Let the connections go."""
        await self._sender.close()

    async def _ask_once(
        self, question: Question[R], call: _Call
    ) -> tuple[Replied[R] | Ending, Dialect]:
        """In the way that the server knows, which is found out first."""
        found = self._dialect or await self._find_dialect(call)
        if isinstance(found, Ending):
            return found, CANDIDATES[self._provider.mode][0]
        end, self._dialect = await self._adapt(question, found, call)
        return end, self._dialect

    async def _find_dialect(self, call: _Call) -> Dialect | Ending:
        """Where there are several ways, one caller probes and the others wait."""
        candidates = CANDIDATES[self._provider.mode]
        if len(candidates) == 1:
            return candidates[0]
        try:
            async with asyncio.timeout_at(call.ends_at):
                await self._probing.acquire()
        except TimeoutError:
            return Ending(Kind.TIMEOUT, "Deadline", usage=Usage())
        try:
            return self._dialect or await self._probe(candidates, call)
        finally:
            self._probing.release()

    async def _probe(self, candidates: tuple[Dialect, ...], call: _Call) -> Dialect | Ending:
        """The first way that brings a small reply; it is remembered, a failure is not."""
        tried: dict[Dialect, Ending] = {}
        for candidate in candidates:
            if candidate in tried:
                continue
            end, dialect = await self._adapt(PROBE, candidate, call)
            if not isinstance(end, Ending):
                self._dialect = dialect
                return dialect
            if end.kind not in NOT_THIS_WAY or end.status == NOT_FOUND:
                return end
            tried[dialect] = end
        # The fault of a probe must neither be asked again nor split a window.
        return replace(tried.popitem()[1], kind=Kind.REJECTED)

    async def _adapt(
        self, question: Question[R], dialect: Dialect, call: _Call
    ) -> tuple[Replied[R] | Ending, Dialect]:
        """Again without a part of the request that the server disputes; that costs nothing."""
        while True:
            end = await self._send(question, dialect, call)
            other = dialect.without(end.disputed) if isinstance(end, Ending) else None
            if other is None:
                return end, dialect
            dialect = other

    async def _send(
        self, question: Question[R], dialect: Dialect, call: _Call
    ) -> Replied[R] | Ending:
        """One request: past the breaker, into the ledger, to the provider, into the ledger."""
        loop, now = asyncio.get_running_loop(), self._clock()
        if wait_s := self._breaker.wait_s(now):
            return Ending(Kind.DOWN, "Breaker", retry_after_s=wait_s, usage=Usage())
        if loop.time() >= call.ends_at:
            return Ending(Kind.TIMEOUT, "Deadline", usage=Usage())
        self._breaker = self._breaker.asked(now)
        estimate = Estimate(self.name, question.tokens_in, question.max_output_tokens)
        row = await call.spend.before(estimate)
        call.requests += 1
        left_s = call.ends_at - loop.time()
        end = await self._sender.send(question, dialect, deadline_s=left_s)
        self._breaker = _after(self._breaker, end, now=self._clock())
        if end.usage is not None:
            call.usage += end.usage
            await call.spend.after(row, end.usage)
        _log(end, dialect)
        return end


def open_model(provider: Provider, *, clock: Callable[[], float] = time.monotonic) -> Model:
    """Import the client libraries, which takes seconds, and make the one model of a process."""
    from service.llm.wire import Wire  # noqa: PLC0415  seconds that only a user of a model pays

    return Model(Wire(provider), provider, clock=clock)


def _answer(end: Replied[R], dialect: Dialect, call: _Call) -> Answer[R]:
    return Answer(
        reply=end.reply,
        usage=call.usage,
        mode=dialect.form,
        finish=end.finish,
        tries=call.requests,
        request_id=end.request_id,
    )


def _after(breaker: Breaker, end: Replied[R] | Ending, *, now: float) -> Breaker:
    if not isinstance(end, Ending):
        return breaker.answered()
    if end.kind is Kind.QUOTA:
        return breaker.tripped(now)
    if end.kind is Kind.BUG:
        return breaker
    return breaker.failed(now) if end.kind in NO_ANSWER else breaker.answered()


def _complaint(end: Ending) -> str:
    """What was wrong with the last reply, without repeating it: the prompt must not grow."""
    wrong = "; ".join(end.problems) or "it is not the JSON that was asked for"
    return f"Your last reply could not be read: {wrong}. Reply again, with the JSON alone."


def _log(end: Replied[R] | Ending, dialect: Dialect) -> None:
    """Reasons and sizes; no word of the prompt or of the reply."""
    fields: dict[str, object] = {"form": dialect.form, "request_of": end.request_id}
    if end.usage is not None:
        fields |= {"tokens_in": end.usage.tokens_in, "tokens_out": end.usage.tokens_out}
    if isinstance(end, Ending):
        fields |= {"kind": end.kind.value, "cause": end.cause, "status": end.status}
        log.warning("the model did not answer", extra={"fields": fields})
    else:
        log.info("the model answered", extra={"fields": fields})
