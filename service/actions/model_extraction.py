"""The extractor that asks a model: window by window, each answer kept, every fault with its end."""

import asyncio
import logging
import math
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from prompts.render import Prompt, load_prompt
from prompts.tokens import estimate
from schemas.reply import Reply, loose_schema, strict_schema
from service.actions import model_ends as ends
from service.actions.extraction import Extraction, Tell
from service.actions.model_windows import Answered, Windows, conclude, prepare
from service.actions.rows import Subject
from service.db import window_replies
from service.db.doors import Doors
from service.errors import BudgetExhausted, ModelAway
from service.extract.plan import most_reply, recipe, window_budget
from service.extract.windows import Indivisible, Window
from service.llm.asking import Step, decide
from service.llm.fault import ModelFault
from service.llm.opening import Opening
from service.llm.question import Schemas
from service.llm.spend import Spend

log = logging.getLogger("baton.extract")

_SCHEMAS: Final = Schemas(strict=strict_schema(), loose=loose_schema())


@dataclass(frozen=True)
class Terms:
    """How a model is asked, by the settings."""

    context_tokens: int = 128_000
    timeout_s: float = 120.0
    redacts: bool = True
    redacts_names: bool = False


@dataclass(frozen=True)
class ModelExtractor:
    """One for a worker; what it knows of a source lives as long as its reading."""

    doors: Doors
    opening: Opening
    open_ledger: Callable[[UUID, UUID], Spend]
    """Takes workspace and source."""
    terms: Terms = Terms()
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    draw_tag: Callable[[], str] = lambda: secrets.token_hex(8)

    async def extract(self, subject: Subject, *, attempt: UUID, tell: Tell) -> Extraction:
        """Ask for the windows that no kept answer covers, until each has its end."""
        prompt, terms, provider = load_prompt(), self.terms, self.opening.provider
        windows = await asyncio.to_thread(
            prepare,
            subject,
            budget_tokens=window_budget(prompt, context_tokens=terms.context_tokens),
            redacts=terms.redacts,
            names=terms.redacts_names,
        )
        reading = _Reading(self, prompt, windows, attempt)
        await reading.read_all(tell)
        return await asyncio.to_thread(
            conclude, windows, model=provider.model, prompt_version=prompt.version
        )


@dataclass(frozen=True)
class _Reading:
    """One source that is being read."""

    by: ModelExtractor
    prompt: Prompt
    windows: Windows
    attempt: UUID

    async def read_all(self, tell: Tell) -> None:
        """One window after the other: mostly there is only one."""
        subject, waiting = self.windows.subject, self.windows.waiting
        async with self.by.doors.workspace_transaction(subject.workspace_id) as tx:
            kept = await window_replies.list_replies(tx, subject.workspace_id, subject.source_id)
        while waiting:
            window = waiting.popleft()
            key = recipe(window, self.prompt, model=self._name)
            if key in kept:
                self._take_up(window, kept[key])
            else:
                await self._ask_for(window, key)
            await tell(self.windows.done, self.windows.done + len(waiting))

    @property
    def _name(self) -> str:
        provider = self.by.opening.provider
        return f"{provider.base_url} {provider.model}"

    def _take_up(self, window: Window, kept: dict[str, Any] | None) -> None:
        """As it ended in an earlier attempt, or in the run before this one."""
        if kept is None:
            self.windows.split(window)
        else:
            self.windows.take(window, Answered.model_validate(kept))

    async def _ask_for(self, window: Window, key: bytes) -> None:
        try:
            reply = await self._ask(window)
        except ModelFault as fault:
            await self._bear(fault, window, key)
        except BudgetExhausted as error:
            self.windows.stop_paying(error)
        else:
            answered = await asyncio.to_thread(self.windows.read, reply)
            await self._keep(window, key, answered)
            self.windows.take(window, answered)

    async def _ask(self, window: Window) -> Reply:
        """One call; raises ModelFault, BudgetExhausted."""
        subject, prompt = self.windows.subject, self.prompt
        user = prompt.user(window.turns, self.by.draw_tag())
        model = await self.by.opening.model()
        answer = await model.ask(
            prompt.system,
            user,
            reply=Reply,
            max_output_tokens=most_reply(estimate(prompt.system) + estimate(user)),
            deadline_s=self.by.terms.timeout_s,
            spend=self.by.open_ledger(subject.workspace_id, subject.source_id),
            schemas=_SCHEMAS,
            temperature=prompt.temperature,
        )
        return answer.reply

    async def _bear(self, fault: ModelFault, window: Window, key: bytes) -> None:
        """What `asking.decide` says, for this window and for those behind it."""
        self._log(fault, window)
        subject = self.windows.subject
        follows = decide(fault, subject.waits + 1)
        if follows.step is Step.SPLIT:
            await self._split(fault, window, key)
        elif follows.step is Step.QUEUE and self._may_wait(fault):
            wait_s = math.ceil(follows.wait_s)
            raise ModelAway(ends.why_waiting(fault.kind), retry_after_s=wait_s) from fault
        elif follows.step in {Step.QUEUE, Step.STAND_IN}:
            self.windows.leave_to_rules(fault.kind)
        else:  # also where the client has asked again by itself
            self.windows.end(fault.kind)

    async def _split(self, fault: ModelFault, window: Window, key: bytes) -> None:
        """That it was too much is kept as well: it was paid for."""
        try:
            self.windows.split(window)
        except Indivisible:
            self.windows.end(fault.kind)
        else:
            await self._keep(window, key, None)

    def _may_wait(self, fault: ModelFault) -> bool:
        subject, now = self.windows.subject, self.by.clock()
        return ends.may_wait(fault.kind, waits=subject.waits, since=subject.waiting_since, now=now)

    async def _keep(self, window: Window, key: bytes, answered: Answered | None) -> None:
        """Committed before the next window is asked for."""
        subject = self.windows.subject
        row = {
            "workspace_id": subject.workspace_id,
            "source_id": subject.source_id,
            "recipe": key,
            "first_turn": window.numbers[0],
            "last_turn": window.numbers[-1],
            "reply": answered and answered.model_dump(mode="json"),
        }
        async with self.by.doors.workspace_transaction(subject.workspace_id) as tx:
            await window_replies.insert_reply(tx, row)

    def _log(self, fault: ModelFault, window: Window) -> None:
        fields = {
            "source": str(self.windows.subject.source_id),
            "attempt": str(self.attempt),
            "kind": fault.kind.value,
            "first_turn": window.numbers[0],
            "last_turn": window.numbers[-1],
        }
        log.warning("a window was not read", extra={"fields": fields})
