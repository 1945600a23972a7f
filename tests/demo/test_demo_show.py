"""The program against a scripted server on loopback."""

import json
import socket
from typing import Any

import pytest

from service.demo import story
from service.demo.show import run
from service.demo.wait import Patience


def squeezed(console: Any) -> str:
    """The output with its line breaks undone: a long quote is wrapped."""
    return " ".join(console.file.getvalue().split())


@pytest.fixture
def shown(script: Any, base_url: str, console: Any, quick: Any) -> str:
    assert run(base_url, script.key, console=console, patience=quick) == 0
    return squeezed(console)


def test_each_claim_is_printed_with_quote_speaker_side_and_time(shown: str, cues: Any) -> None:
    told = next(one.start_s for one in cues if story.QUESTIONS[0].answer in one.text)
    for question in story.QUESTIONS:
        assert f"“{question.answer}”" in shown
    assert 60 < told < 600
    assert (
        f"0:{int(told) // 60:02d}:{int(told) % 60:02d} Denise Pruitt (customer) [active]" in shown
    )
    assert "Mara Lindqvist | Wayfold (vendor) [active]" in shown
    assert "2026-01-19 Denise Pruitt (customer) [active]" in shown


def test_a_promise_is_printed_with_what_became_of_it(shown: str) -> None:
    assert (
        "to Denise Pruitt · due: “in the first shipment” (no date resolved) · open · no contract"
    ) in shown


def test_an_empty_field_says_why(shown: str) -> None:
    assert "CUSTOMER COMMITMENTS nothing: nobody talked about it (not_discussed)" in shown


def test_hits_come_with_their_surroundings(shown: str) -> None:
    hits = shown.partition("Six months later")[2]
    assert "answered: yes · hits: 1 · hybrid · 7 ms" in hits
    assert "claim · what was promised · active · score 0.033" in hits
    assert "from “Title of follow_up.eml”" in hits
    assert "I forgot to say on the call. “If a substitute driver" in hits
    assert "I'll call this done.” That's how I'll judge it" in hits


def test_it_ends_with_how_to_go_on(shown: str) -> None:
    assert shown.endswith("docs/ has formats, search and settings.")


def test_nothing_is_wider_than_the_console(shown: str, console: Any) -> None:
    lines = console.file.getvalue().splitlines()
    assert shown
    assert max(map(len, lines)) <= 100


def test_files_go_up_with_what_the_contract_asks(shown: str, script: Any) -> None:
    form = script.forms["call.vtt"]
    people = json.loads(form["participants"])
    assert shown
    assert form["occurred_at"] == "2026-01-13T16:18:00+00:00"
    assert {"name": "Ray Castellano (Bus Garage)", "side": "customer"} in people
    assert script.forms["follow_up.eml"] == {"customer": story.CUSTOMER, "deal": story.DEAL}


def test_every_question_keeps_to_the_customer(shown: str, script: Any) -> None:
    assert shown
    assert [one["q"][0] for one in script.queries] == [one.q for one in story.QUESTIONS]
    assert all(one["customer"] == [story.CUSTOMER] for one in script.queries)


def test_it_asks_until_ready(shown: str, script: Any) -> None:
    assert "ready" in shown
    assert script.polls == {"call.vtt": 3, "follow_up.eml": 3}


def test_an_unsure_answer_is_marked(script: Any, base_url: str, console: Any, quick: Any) -> None:
    script.answered = False
    assert run(base_url, script.key, console=console, patience=quick) == 0
    assert squeezed(console).count("not surely answered; the nearest is shown") == 3


def test_a_refusal_is_printed_with_its_mend(
    script: Any, base_url: str, console: Any, quick: Any
) -> None:
    wrong = {"field": "occurred_at", "detail": "is no date", "mend": "Use RFC 3339."}
    script.problem = {
        "type": "/problems/invalid", "title": "A field is not valid", "status": 400,
        "detail": "One field is wrong.", "mend": "See errors.", "errors": [wrong],
    }  # fmt: skip
    assert run(base_url, script.key, console=console, patience=quick) == 1
    said = squeezed(console)
    assert "A field is not valid: One field is wrong." in said
    assert "occurred_at: is no date Use RFC 3339. What to do: See errors." in said


@pytest.mark.parametrize("error", ["The model was away.", {"detail": "The model was away."}])
def test_a_failed_source_ends_it(
    script: Any, base_url: str, console: Any, quick: Any, error: Any
) -> None:
    script.statuses, script.error = ("queued", "failed"), error
    assert run(base_url, script.key, console=console, patience=quick) == 1
    assert "The run failed: call.vtt: The model was away." in squeezed(console)


def test_waiting_has_an_end(script: Any, base_url: str, console: Any) -> None:
    script.statuses = ("running",)
    short = Patience(limit_s=0.1, pause_s=0.01)
    assert run(base_url, script.key, console=console, patience=short) == 1
    assert "Not ready yet: 2 of the uploads are not ready after 0.1 s." in squeezed(console)


def test_a_wrong_key_is_said(base_url: str, console: Any, quick: Any) -> None:
    assert run(base_url, "bt_other", console=console, patience=quick) == 1
    assert "A valid key is needed: No such key." in squeezed(console)


def test_nobody_listening_is_said(console: Any, quick: Any) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        assert run(url, "bt_any", console=console, patience=quick) == 1
    assert f"The service is not available: No answer from {url}" in squeezed(console)
