"""`baton rerun` beside a real worker: what is shown, what is accepted, and how it ends."""

import json
from typing import Any
from uuid import uuid4

import pytest
from live import Caller, Server
from wire import CALL

from service.cli.differences import tell
from service.cli.reruns import Outcome, Result
from service.errors import NotReady

SOURCES = "/v1/sources"


@pytest.fixture
def source_id(alice: Caller) -> str:
    sent = alice.post(SOURCES, json={"content": CALL, "customer": "kim-inc"})
    return alice.ready(sent)


@pytest.fixture
def missed(alice: Caller, server: Server, source_id: str) -> str:
    """The statement of a claim that the source has no more, as if an older version missed it."""
    claim = alice.get(f"{SOURCES}/{source_id}/note").json()["what_was_promised"][0]
    with server.database.connect() as db:
        db.execute("DELETE FROM app.claim WHERE id = %s", [claim["id"]])
    return str(claim["statement"])


@pytest.fixture
def rerun(run: Any, alice: Caller, server: Server) -> Any:
    """The command in alice's workspace, with what it prints as JSON."""

    def call(*words: str, code: int = 0) -> dict[str, Any]:
        words = ("rerun", *words, "--workspace", alice.workspace, "--json")
        done = run(*words, on=server.database)
        assert done.exit_code == code, done.output
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    return call


def test_it_shows_and_then_accepts(rerun: Any, alice: Caller, source_id: str, missed: str) -> None:
    found = rerun(source_id)
    assert (found["kept"], found["gone"], found["new"], found["waiting"]) == (1, 0, 1, 0)
    assert found["sources"][0]["proposal"]["new"][0]["statement"] == missed
    assert alice.get(f"{SOURCES}/{source_id}/note").json()["version"] == 1
    runs = alice.get(f"{SOURCES}/{source_id}/runs").json()["items"]
    accepted = rerun("--all", "--open", "--accept", "--by", "Ana")
    assert accepted["sources"][0]["proposal"]["by"] == "Ana"
    assert alice.get(f"{SOURCES}/{source_id}/note").json()["version"] == 2
    assert alice.get(f"{SOURCES}/{source_id}/runs").json()["items"] == runs


def test_the_table_has_each_claim_that_would_change(
    run: Any, alice: Caller, server: Server, source_id: str, missed: str
) -> None:
    words = ("rerun", "--customer", "kim-inc", "--workspace", alice.workspace)
    done = run(*words, on=server.database)
    said = " ".join(done.stdout.split())
    assert done.exit_code == 0
    assert "kept 1 changed 0 gone 0 new 1" in said
    assert f"{source_id} new what_was_promised {missed}" in said
    assert "No note is changed. With --open --accept" in said


@pytest.mark.usefixtures("source_id")
def test_nothing_chosen_is_a_failure(rerun: Any) -> None:
    assert rerun("--customer", "nobody", code=1)["sources"] == []
    assert rerun("--offered", code=1)["sources"] == []
    assert rerun("--all", "--open", code=1)["sources"] == []


def test_what_cannot_be_read_again_is_named(rerun: Any, source_id: str) -> None:
    found = rerun(source_id, str(uuid4()), "nonsense", code=1)
    errors = [one["error"]["type"] for one in found["sources"] if "error" in one]
    assert errors == ["not-found", "not-found"]
    assert found["kept"] == 2


@pytest.mark.parametrize(
    "words", [[], ["x", "--all"], ["--all", "--offered"], ["--customer", "x", "--all"]]
)
def test_sources_are_chosen_in_one_way(run: Any, words: list[str]) -> None:
    assert run("rerun", *words, "--workspace", "w").exit_code == 2


def test_what_waits_still_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    result = Result((Outcome("some-id", error=NotReady("The re-run is queued.")),), waiting=1)
    tell(result)
    said = capsys.readouterr().out
    assert "some-id: The re-run is queued." in said
    assert "1 are not read again yet; `baton serve` or `baton worker`" in said
    assert not result.is_whole
