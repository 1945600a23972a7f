"""The suite with a model: the worker's own way to ask, on a scripted provider."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from scripted_model import scripted
from scripted_talk import Asked, Scripted
from typer.testing import CliRunner

from evals.recordings import deck
from evals.suite.record import Read, Run
from evals.suite.run import run_of
from evals.suite.scoring import scores
from evals.suite.tables import as_figures
from schemas.claim import FIELDS, WHAT_WAS_PROMISED
from service.cli.main import app as baton
from service.errors import NotSetUp
from service.settings import Settings

NOWHERE = Path("no such folder")
CASE = "if_you_could_promise"
KEPT = "What I will do is ask the two customers who switched in one weekend"
MADE_UP = "We will switch you over in one weekend, I promise."
KEY = "key-of-the-test"


def reply(_: Asked) -> dict[str, Any]:
    """One promise that stands there, worded anew with a number; one that is made up."""
    kept = {"turn": 7, "quote": KEPT, "statement": "The vendor will ask nine customers."}
    made_up = {"turn": 1, "quote": MADE_UP, "statement": MADE_UP}
    items = [each | {"promised_to": None, "due_text": None} for each in (kept, made_up)]
    return {field: items if field == WHAT_WAS_PROMISED else [] for field in FIELDS}


def asked_of(provider: Scripted, *, model: str = "good", prompt: Path | None = None) -> Run:
    settings = Settings(
        llm_base_url=provider.url,
        llm_model=model,
        llm_api_key=SecretStr(KEY),
        llm_mode="json_schema",
        llm_price_in=1.0,
        llm_price_out=2.0,
    )
    return run_of(
        ["hard"], NOWHERE, extractor="openai", settings=settings, names=[CASE], prompt=prompt
    )


@pytest.fixture(scope="module")
def run() -> Run:
    with scripted(reply) as provider:
        return asked_of(provider)


@pytest.fixture
def read(run: Run) -> Read:
    (only,) = run.documents
    return only


def test_a_model_is_held_to_the_same_gate(read: Read) -> None:
    assert [(one.field, one.quote) for one in read.found] == [(WHAT_WAS_PROMISED, KEPT)]
    assert [(one.quote, one.reason) for one in read.refused] == [(MADE_UP, "not-found")]
    assert [one.is_replaced for one in read.found] == [True]
    found = scores([read])
    assert (found.faithful, found.rejections) == (0.0, {"not-found": 1})
    assert found.fields[WHAT_WAS_PROMISED].tally == (1, 0, 0, 0)


def test_what_it_cost_is_written_down(read: Read) -> None:
    cost = read.cost
    assert cost.requests == 1
    assert cost.tokens_in > 0
    assert cost.usd == pytest.approx((cost.tokens_in + 2 * cost.tokens_out) / 1_000_000)


def test_the_record_names_model_and_prompt_and_no_key(run: Run) -> None:
    assert (run.extractor, run.model) == ("openai", "good")
    assert run.prompt_version == deck.prompt_of("extract").version
    assert KEY not in run.model_dump_json()
    assert "127.0.0.1" not in run.model_dump_json()
    assert as_figures(run)["splits"]["hard"]["requests"] == 1


def test_another_prompt_is_asked_and_named() -> None:
    bare = deck.OTHERS / "extract_bare.md"
    with scripted(reply) as provider:
        run = asked_of(provider, prompt=bare)
        (asked,) = provider.asked
    assert run.prompt_version == deck.prompt_of("extract_bare").version
    assert "Example 1" not in str(asked.body)


def test_a_window_without_a_reply_is_a_fault() -> None:
    with scripted(reply) as provider:
        (read,) = asked_of(provider, model="refuse").documents
    assert read.faults == ("refused",)
    assert read.found == ()


def test_no_model_is_set() -> None:
    with pytest.raises(NotSetUp, match="BATON_LLM_MODEL"):
        run_of(["hard"], NOWHERE, extractor="openai", settings=Settings(), names=[CASE])


def test_the_command_line_hands_words_and_exit_code_on() -> None:
    assert CliRunner().invoke(baton, ["eval", "--split", "nowhere"]).exit_code == 2
