"""What a model costs: by the table, by the settings, or not known."""

import pytest
from pydantic import ValidationError

from service.cli.printing import NO_PRICE, say_what_leaves
from service.errors import NotSetUp
from service.llm.fault import Usage
from service.llm.prices import Price, PriceTable, load_prices, price_of
from service.settings import Settings
from service.wiring import purse_of

SMALL = {"in": 0.5, "cached": 0.05, "out": 2.0}
LARGE = {"in": 5.0, "cached": 0.5, "out": 20.0}
TABLE = PriceTable.model_validate(
    {"as_of": "2026-01-01", "models": {"grey": LARGE, "grey-owl": SMALL}}
)
PRICED = {"llm_price_in": 1, "llm_price_out": 2}
MODEL = {"llm_base_url": "http://llm.example/v1", "llm_model": "grey"}


def settings(**said: object) -> Settings:
    return Settings.model_validate({"extractor": "openai", **MODEL, **said})


@pytest.mark.parametrize(
    ("model", "usd_in"),
    [
        ("grey", 5.0),
        ("grey-owl", 0.5),
        ("grey-owl-2026-01-31", 0.5),
        ("grey-owl-20260131", 0.5),
        ("grey-latest", 5.0),
        ("grey-pro", None),
        ("grey-owl-pro-2026-01-31", None),
        ("grey-2026-01-31-preview", None),
        ("greyer", None),
        ("elsewhere/grey", None),
        ("", None),
    ],
)
def test_a_dated_name_costs_what_its_model_costs(model: str, usd_in: float | None) -> None:
    found = TABLE.find(model)
    assert (found.usd_in if found else None) == usd_in


def test_a_price_counts_what_was_cached_apart() -> None:
    price = Price(usd_in=2.0, usd_out=8.0, usd_cached=0.5)
    assert price.cost(Usage(1_000_000, 0)) == 2.0
    assert price.cost(Usage(1_000_000, 500_000, 600_000)) == pytest.approx(0.8 + 0.3 + 4.0)
    assert price.cost(Usage(10, 0, 1_000_000)) == pytest.approx(10 * 0.5 / 1_000_000)


def test_the_table_that_comes_along_is_whole() -> None:
    table = load_prices()
    assert table.as_of.year >= 2026
    for name in table.models:
        found = table.find(f"{name}-{table.as_of}")
        assert found == table.find(name)
        assert found is not None
        assert 0 < found.usd_cached < found.usd_in < found.usd_out


def test_settings_go_before_the_table() -> None:
    named = load_prices()
    model = next(iter(named.models))
    said = settings(llm_model=model, llm_price_in=0, llm_price_out=0)
    assert price_of(said, model) == Price(0.0, 0.0, 0.0)
    assert price_of(settings(), model) == named.find(model)


@pytest.mark.parametrize("half", ["llm_price_in", "llm_price_out"])
def test_half_a_price_is_none(half: str) -> None:
    with pytest.raises(NotSetUp, match="together or not at all"):
        purse_of(settings(**{half: 1.0}))


@pytest.mark.parametrize("budget", ["budget_run_usd", "budget_day_usd"])
@pytest.mark.parametrize("usd", [0.0, 5.0])
def test_a_budget_needs_a_price(budget: str, usd: float) -> None:
    with pytest.raises(NotSetUp, match="the price of grey"):
        purse_of(settings(**{budget: usd}))
    priced = purse_of(settings(**{budget: usd}, **PRICED))
    assert priced is not None
    assert {priced.run_usd, priced.day_usd} == {None, usd}


def test_without_a_price_and_without_a_budget_all_counts_as_nothing() -> None:
    purse = purse_of(settings())
    assert purse is not None
    assert purse.cost(Usage(1_000_000, 1_000_000)) == 0.0


@pytest.mark.parametrize("bad", [-1, "nan", "inf", "much"])
@pytest.mark.parametrize("name", ["budget_run_usd", "budget_day_usd", "llm_price_in"])
def test_money_is_a_number_of_dollars(name: str, bad: object) -> None:
    with pytest.raises(ValidationError, match=name):
        settings(**{name: bad})


@pytest.mark.parametrize(("priced", "says"), [({}, True), (PRICED, False)])
def test_the_start_says_that_the_price_is_not_known(
    capsys: pytest.CaptureFixture[str], priced: dict[str, object], *, says: bool
) -> None:
    say_what_leaves(settings(**priced))
    assert (NO_PRICE in capsys.readouterr().out) is says


def test_rules_on_this_machine_need_no_purse() -> None:
    assert purse_of(settings(extractor="local", budget_day_usd=1.0)) is None


def test_a_model_without_its_server_is_not_set_up() -> None:
    with pytest.raises(NotSetUp, match="BATON_LLM_BASE_URL"):
        purse_of(settings(llm_base_url=None))
