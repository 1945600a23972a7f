"""Budgets: what a model costs, what may be spent on it, and the ledger that holds both together."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from math import ceil
from uuid import UUID, uuid4

from service.actions.model_extraction import Terms
from service.db import preferences
from service.db import spend as rows
from service.db.doors import Doors
from service.db.spend import Spent
from service.db.tables import Transaction
from service.errors import BudgetExhausted
from service.llm.fault import Usage
from service.llm.prices import Price
from service.llm.spend import Estimate

_DUST_USD = 1e-9
"""Sums of floats are off by less than this, and no token costs so little."""


def utc_now() -> datetime:
    """The clock of the server; budgets of a day go by it."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Purse:
    """What the model costs, and what an operator lets be spent on it; made once at the start."""

    price: Price | None
    """None: not known. Everything counts as 0 then, and under a budget nothing is spent."""
    terms: Terms = field(default_factory=Terms)
    """How the model is asked: what reading will cost is counted by it."""
    run_usd: float | None = None
    day_usd: float | None = None
    """For each workspace; an admin of one may set less."""
    clock: Callable[[], datetime] = field(default=utc_now, compare=False)

    def cost(self, usage: Usage) -> float:
        """USD."""
        return self.price.cost(usage) if self.price else 0.0


class Ledger:
    """The rows of one source: `service.llm.spend.Spend`, true across kill -9."""

    def __init__(self, doors: Doors, purse: Purse, *, workspace_id: UUID, source_id: UUID) -> None:
        self._doors = doors
        self._purse = purse
        self._here = workspace_id
        self._source_id = source_id

    async def before(self, estimate: Estimate) -> UUID:
        """Commit a row with the estimate. Raises BudgetExhausted where that would go over."""
        cost_usd = self._purse.cost(Usage(estimate.tokens_in, estimate.tokens_out))
        spend_id = uuid4()
        row = {
            "workspace_id": self._here,
            "id": spend_id,
            "subject_id": self._source_id,
            "model": estimate.model,
            "tokens_in": estimate.tokens_in,
            "tokens_out": estimate.tokens_out,
            "cost_usd": cost_usd,
            "created_at": self._purse.clock(),
        }
        async with self._doors.workspace_transaction(self._here) as tx:
            await rows.hold_source(tx, self._here, self._source_id)
            await self._require_room(tx, cost_usd)
            await rows.insert_spend(tx, row)
        return spend_id

    async def after(self, request: UUID, usage: Usage) -> None:
        """Put what the provider counted in the place of the estimate."""
        values = {
            "tokens_in": usage.tokens_in,
            "tokens_out": usage.tokens_out,
            "tokens_cached": usage.tokens_cached,
            "cost_usd": self._purse.cost(usage),
            "settled_at": self._purse.clock(),
        }
        async with self._doors.workspace_transaction(self._here) as tx:
            await rows.settle_spend(tx, self._here, request, values=values)

    async def _require_room(self, tx: Transaction, cost_usd: float) -> None:
        """The sums are looked at and added to under one lock, so that eight at once hold them."""
        day_usd = await find_day_budget(tx, self._purse, self._here)
        if day_usd is None and self._purse.run_usd is None:
            return
        require_price(self._purse)
        await rows.lock_spend(tx, self._here)
        if self._purse.run_usd is not None:
            spent = await rows.sum_open(tx, self._here, self._source_id)
            require_run(spent.cost_usd + cost_usd, self._purse.run_usd)
        if day_usd is not None:
            now = self._purse.clock()
            spent = await spent_today(tx, self._here, now=now)
            require_day(spent.cost_usd + cost_usd, day_usd, alone_usd=cost_usd, now=now)


async def reserve(
    tx: Transaction, purse: Purse, workspace_id: UUID, source_id: UUID, *, cost_usd: float
) -> None:
    """Set aside what reading a queued source may cost, so that what was taken is also paid.

    Raises BudgetExhausted where it has no room beside what was spent and what is set aside.
    """
    day_usd = await find_day_budget(tx, purse, workspace_id)
    if day_usd is not None or purse.run_usd is not None:
        require_price(purse)
        await rows.lock_spend(tx, workspace_id)
    whole_usd = await rows.set_aside(tx, workspace_id, source_id, cost_usd)
    if purse.run_usd is not None:
        require_run(whole_usd, purse.run_usd)
    if day_usd is not None:
        await _require_today(tx, purse, workspace_id, day_usd=day_usd, cost_usd=cost_usd)


async def require_room(
    tx: Transaction, purse: Purse, workspace_id: UUID, *, cost_usd: float
) -> None:
    """What a re-run has set aside has room beside all the rest. Raises BudgetExhausted."""
    day_usd = await find_day_budget(tx, purse, workspace_id)
    if day_usd is None and purse.run_usd is None:
        return
    require_price(purse)
    await rows.lock_spend(tx, workspace_id)
    if purse.run_usd is not None:
        require_run(cost_usd, purse.run_usd)
    if day_usd is not None:
        await _require_today(tx, purse, workspace_id, day_usd=day_usd, cost_usd=cost_usd)


async def _require_today(
    tx: Transaction, purse: Purse, workspace_id: UUID, *, day_usd: float, cost_usd: float
) -> None:
    """Beside what was spent today and what is set aside."""
    now = purse.clock()
    spent = await spent_today(tx, workspace_id, now=now)
    waiting_usd = await rows.sum_waiting(tx, workspace_id)
    require_day(spent.cost_usd + waiting_usd, day_usd, alone_usd=cost_usd, now=now)


async def spent(tx: Transaction, workspace_id: UUID, source_id: UUID) -> Spent:
    """What the run costs that is about to be stored, with the attempts that were killed."""
    return await rows.sum_open(tx, workspace_id, source_id)


async def assign_run(tx: Transaction, workspace_id: UUID, source_id: UUID, *, run_id: UUID) -> None:
    """The run is stored: what was spent so far is its own, and its budget is closed."""
    await rows.assign_spend(tx, workspace_id, source_id, run_id)


async def spent_today(tx: Transaction, workspace_id: UUID, *, now: datetime) -> Spent:
    """What the workspace has spent since midnight in UTC; open rows count with their estimate."""
    midnight = _midnight(now)
    return await rows.sum_between(tx, workspace_id, midnight, midnight + timedelta(days=1))


async def find_day_budget(tx: Transaction, purse: Purse, workspace_id: UUID) -> float | None:
    """The lower of the operator's and the workspace's own; None where neither set one."""
    chosen = await preferences.find_preferences(tx, workspace_id)
    budgets = [one for one in (purse.day_usd, chosen.budget_day_usd) if one is not None]
    return min(budgets, default=None)


def require_price(purse: Purse) -> None:
    """Without a price no budget can be held, so nothing is spent. Raises BudgetExhausted."""
    if purse.price is None:
        raise BudgetExhausted(
            "There is a budget, and the price of the model is not known.",
            mend="Set BATON_LLM_PRICE_IN and BATON_LLM_PRICE_OUT, or take the budget away.",
        )


def require_run(whole_usd: float, budget_usd: float) -> None:
    """Raises BudgetExhausted where one reading would cost more than it may."""
    if whole_usd > budget_usd + _DUST_USD:
        raise BudgetExhausted(
            f"Reading it may cost {whole_usd:.4f} USD; one reading may cost {budget_usd:.4f}.",
            mend="Send it in parts, or raise BATON_BUDGET_RUN_USD.",
        )


def require_day(whole_usd: float, budget_usd: float, *, alone_usd: float, now: datetime) -> None:
    """Raises BudgetExhausted where the day would cost more than it may; tomorrow is a new one."""
    if whole_usd <= budget_usd + _DUST_USD:
        return
    if alone_usd > budget_usd + _DUST_USD:
        raise BudgetExhausted(
            f"Reading it may cost {alone_usd:.4f} USD; a whole day may cost {budget_usd:.4f}.",
            mend="Send it in parts, or raise the budget of the day.",
        )
    left = _midnight(now) + timedelta(days=1) - now
    raise BudgetExhausted(
        f"With this the day would cost {whole_usd:.4f} USD; it may cost {budget_usd:.4f}.",
        mend="Send it tomorrow (UTC), or raise the budget of the day.",
        retry_after_s=ceil(left.total_seconds()),
    )


def _midnight(now: datetime) -> datetime:
    return datetime.combine(now.astimezone(UTC).date(), time(), tzinfo=UTC)
