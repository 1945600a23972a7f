"""What a model costs: a table with its date, or what the operator says."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import Field

from schemas.model import Model as Value
from service.errors import NotSetUp
from service.llm.fault import Usage
from service.settings import Settings

TABLE = Path(__file__).with_name("prices.toml")
MILLION = 1_000_000
_DATED = re.compile(r"-(?:\d{4}-\d{2}-\d{2}|\d{8}|latest)")
"""All that may stand behind a listed name: `gpt-5-pro` is no `gpt-5`, and costs many times more."""


@dataclass(frozen=True)
class Price:
    """USD for a million tokens."""

    usd_in: float
    usd_out: float
    usd_cached: float
    """For those that went in and that the provider had in its cache."""

    def cost(self, usage: Usage) -> float:
        """What a request costs by this price, in USD."""
        fresh = max(0, usage.tokens_in - usage.tokens_cached)
        cached = usage.tokens_in - fresh
        whole = fresh * self.usd_in + cached * self.usd_cached + usage.tokens_out * self.usd_out
        return whole / MILLION


class _Row(Value):
    """One model of the table."""

    usd_in: float = Field(alias="in", ge=0)
    usd_out: float = Field(alias="out", ge=0)
    usd_cached: float = Field(alias="cached", ge=0)


class PriceTable(Value):
    """Prices by the names of the models, and the day on which they were looked up."""

    as_of: date
    models: dict[str, _Row]

    def find(self, model: str) -> Price | None:
        """The price of that name, or of the longest name that only a date makes longer."""
        names = (name for name in self.models if _is_same(model, name))
        found = max(names, key=len, default=None)
        return Price(**self.models[found].model_dump()) if found else None


def _is_same(model: str, name: str) -> bool:
    rest = model[len(name) :]
    return model.startswith(name) and (not rest or _DATED.fullmatch(rest) is not None)


@cache
def load_prices(path: Path = TABLE) -> PriceTable:
    """The table that came with Baton."""
    return PriceTable.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


def price_of(settings: Settings, model: str) -> Price | None:
    """What the settings say, else the table; None where neither knows the model."""
    said = (settings.llm_price_in, settings.llm_price_out)
    if said[0] is not None and said[1] is not None:
        return Price(usd_in=said[0], usd_out=said[1], usd_cached=said[0])
    if said != (None, None):
        raise NotSetUp("BATON_LLM_PRICE_IN and BATON_LLM_PRICE_OUT are set together or not at all")
    return load_prices().find(model)
