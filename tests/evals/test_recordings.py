"""A real small model, as it was recorded: what it made up does not get past the gate."""

import json
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from asked_model import opened
from scripted_model import scripted

from evals.recordings import deck, reading, table
from evals.recordings.__main__ import main
from evals.recordings.reading import Outcome
from evals.recordings.talks import CANARY, DEMANDED, TALKS, Talk
from evals.recordings.tape import CASSETTES, NOWHERE, Stale
from prompts.render import load_prompt
from schemas.claim import FIELDS
from service.llm.fault import Kind, ModelFault

CALL, THREAD, INJECTED = TALKS


def interactions(cassette: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(cassette.read_text(encoding="utf-8"))["interactions"]
    return found


def replies(talk: Talk) -> Iterator[str]:
    """What the model wrote, as it wrote it."""
    for one in interactions(CASSETTES / f"{talk.name}.json"):
        choice = json.loads(one["response"]["body"]["string"])["choices"][0]
        yield choice["message"]["tool_calls"][0]["function"]["arguments"]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CASSETTES, tmp_path / "cassettes"))


def change(cassette: Path, **changed: Any) -> None:
    """Another text in place of some of it."""
    whole = json.loads(cassette.read_text(encoding="utf-8")) | changed
    cassette.write_text(json.dumps(whole), encoding="utf-8")


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.name)
async def test_every_draft_ends_as_a_claim_or_a_rejection(talk: Talk) -> None:
    outcome = await deck.play(talk)
    proposed = [json.loads(reply) for reply in replies(talk)]
    items = sum(len(reply[field]) for reply in proposed for field in FIELDS)
    assert outcome.faults == ()
    assert len(proposed) == outcome.windows == outcome.tokens.asked
    assert items == outcome.drafts == len(list(outcome.quotes())) + outcome.reasons.total()


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.name)
async def test_what_is_let_in_stands_in_the_file(talk: Talk) -> None:
    said = " ".join(talk.data.decode().split())
    quotes = [" ".join(quote.split()) for _, quote in (await deck.play(talk)).quotes()]
    assert [quote for quote in quotes if quote not in said] == []


async def test_something_is_let_in_and_most_is_not() -> None:
    outcomes = [await deck.play(talk) for talk in TALKS]
    claims = sum(len(one.admission.claims) for one in outcomes)
    assert 0 < claims < sum(one.drafts for one in outcomes) / 2


async def test_the_demand_of_a_source_is_obeyed_by_the_model_and_not_by_the_gate() -> None:
    outcome = await deck.play(INJECTED)
    assert CANARY in "".join(replies(INJECTED))
    kept = "".join(claim.model_dump_json() + quote for claim, quote in outcome.quotes())
    assert CANARY not in kept
    assert DEMANDED not in kept


async def test_it_is_the_same_each_time() -> None:
    outcomes = [await deck.play(CALL) for _ in range(2)]
    assert outcomes[0] == outcomes[1]


@pytest.mark.parametrize(
    ("behaviour", "kind"), [("refuse", Kind.REFUSED), ("length", Kind.CUT_OFF)]
)
async def test_a_window_without_a_reply_is_a_fault(behaviour: str, kind: Kind) -> None:
    with scripted() as provider:
        async with opened(provider, behaviour, "tools") as model:
            outcome = await reading.read(THREAD, model, load_prompt())
    assert (outcome.faults, outcome.drafts) == ((kind,), 0)


async def test_a_provider_that_is_away_is_not_recorded() -> None:
    with scripted() as provider:
        async with opened(provider, "503", "tools") as model:
            with pytest.raises(ModelFault, match="server"):
                await reading.read(THREAD, model, load_prompt())


def test_a_changed_prompt_asks_for_new_recordings(copied: Path) -> None:
    change(copied / deck.ABOUT, prompt_version="0123456789ab")
    with pytest.raises(Stale, match=r"the prompt was 0123456789ab and is .* run `make record`"):
        deck.about(copied)


async def test_a_changed_request_asks_for_new_recordings(copied: Path) -> None:
    cassette = copied / "thread.json"
    (only,) = interactions(cassette)
    body = only["request"]["body"].replace("two days", "three days")
    change(cassette, interactions=[only | {"request": only["request"] | {"body": body}}])
    with pytest.raises(Stale, match="run `make record`"):
        await deck.play(THREAD, folder=copied)


async def test_a_part_that_nobody_asks_for_fails(copied: Path) -> None:
    change(copied / "thread.json", interactions=interactions(copied / "thread.json") * 2)
    with pytest.raises(Stale, match="nobody asks for"):
        await deck.play(THREAD, folder=copied)


def test_a_recorded_embedder_gives_its_vectors() -> None:
    name, vectors, question = deck.play_vectors()
    assert name == f"remote/SmolLM2-135M-Instruct-embedding/{len(question)}"
    assert vectors.shape == (len(CALL.turns), len(question))
    assert np.allclose(np.linalg.norm([*vectors, question], axis=1), 1.0, atol=1e-5)
    assert len(np.unique(vectors.round(6), axis=0)) == len(vectors)


@pytest.mark.parametrize("cassette", sorted(CASSETTES.rglob("*.json")), ids=lambda path: path.name)
def test_a_cassette_names_no_machine_and_no_key(cassette: Path) -> None:
    text = cassette.read_text(encoding="utf-8").lower()
    named = ("127.0.0.1", "localhost", ".gguf", "authorization", "bearer", socket.gethostname())
    assert [word for word in named if word.lower() in text] == []


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.name)
def test_a_cassette_holds_no_headers_and_no_address(talk: Talk) -> None:
    for one in interactions(CASSETTES / f"{talk.name}.json"):
        assert one["request"]["uri"] == f"{NOWHERE}/chat/completions"
        assert {*one["request"]["headers"], *one["response"]["headers"]} == {"content-type"}


async def test_the_table_of_the_document_is_what_is_played(shared_outcomes: list[Outcome]) -> None:
    page = Path(__file__).parents[2] / "docs" / "recordings.md"
    assert table.as_markdown(deck.about(), shared_outcomes) in page.read_text(encoding="utf-8")


@pytest.fixture
async def shared_outcomes() -> list[Outcome]:
    return [await deck.play(talk) for talk in TALKS]


@pytest.mark.parametrize("name", deck.versions())
async def test_the_front_matter_says_what_was_measured(name: str) -> None:
    folder = deck.folder_of(name)
    outcomes = [await deck.play(talk, folder=folder) for talk in TALKS]
    assert deck.prompt_of(name).measured == table.summary(deck.about(folder), outcomes)


def test_two_prompts_are_shown_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--versions"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["extract", "extract_bare"]
    assert deck.prompt_of("extract").version != deck.prompt_of("extract_bare").version


def test_it_is_printed_for_a_machine(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert [talk["talk"] for talk in shown["talks"]] == ["call", "thread", "injected"]


def test_stale_recordings_end_the_command_with_1(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(copied / deck.ABOUT, prompt_version="0123456789ab")
    assert main(["--folder", str(copied)]) == 1
    assert "make record" in capsys.readouterr().err
