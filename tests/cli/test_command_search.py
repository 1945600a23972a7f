import json
from pathlib import Path
from typing import Any

import pytest
from live import Caller, Server

CALL = (
    "Dana: Why did you start to look around?\n"
    "Kim: Our old tool lost two shipments in March and nobody noticed.\n"
    "Dana: We will send you the migration plan by Friday.\n"
)
Q = "who lost the shipments"


@pytest.fixture(scope="module")
def owner(server: Server) -> Any:
    """A workspace in which one call was read."""
    with server.caller() as caller:
        people = [{"name": "Dana", "side": "vendor"}, {"name": "Kim", "side": "customer"}]
        body = {"content": CALL, "customer": "kim", "participants": people}
        times = {"occurred_at": "2026-03-03T15:00:00Z", "title": "A \x1b[31mcall"}
        caller.ready(caller.post("/v1/sources", json=body | times))
        yield caller


@pytest.fixture
def found(run: Any, server: Server, owner: Caller) -> Any:
    def ask(q: str, *words: str, workspace: str = owner.workspace) -> Any:
        # The embedder of the server, whose vectors are in this database.
        return run("search", q, "--workspace", workspace, *words, on=server.database)

    return ask


def test_hits_are_printed_with_their_evidence(found: Any) -> None:
    done = found(Q)
    assert done.exit_code == 0, done.output
    shown = " ".join(done.stdout.split())
    assert "lost two shipments in March and nobody noticed" in shown
    assert "Kim (customer)" in shown
    assert "\x1b" not in done.stdout


def test_json_is_the_answer_of_the_api(found: Any, owner: Caller) -> None:
    done = json.loads(found(Q, "--customer", "kim", "--json").stdout)
    of_api = owner.get("/v1/search", params={"q": Q, "customer": "kim"}).json()
    assert done.keys() == of_api.keys()
    mine, theirs = ({hit["id"] for hit in one["hits"]} for one in (done, of_api))
    assert mine == theirs != set()


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        (["--side", "customer"], True),
        (["--field", "what_was_promised", "--side", "customer"], False),
        (["--kind", "call"], True),
        (["--kind", "email"], False),
        (["--customer", "nobody"], False),
        (["--deal", "none"], False),
    ],
)
def test_each_filter_narrows(found: Any, words: list[str], is_found: bool) -> None:  # noqa: FBT001 - a row of the table
    done = found(Q, *words, "--json")
    assert bool(json.loads(done.stdout)["hits"]) is is_found
    assert done.exit_code == (0 if is_found else 1)


def test_nothing_found_is_said_and_ends_with_1(found: Any) -> None:
    done = found(Q, "--customer", "nobody")
    assert done.exit_code == 1
    assert "nothing found" in done.stdout
    assert "nearest" not in done.stdout


def test_a_stranger_finds_nothing(found: Any, server: Server) -> None:
    with server.caller() as stranger:
        assert found(Q, workspace=stranger.workspace).exit_code == 1


def test_limit_is_kept(found: Any) -> None:
    assert len(json.loads(found("plan", "--limit", "1", "--json").stdout)["hits"]) == 1


def test_a_day_is_its_first_moment(found: Any, run: Any, server: Server, tmp_path: Path) -> None:
    run("keys", "create", "--workspace", "mails", on=server.database)
    mail = "From: kim@kim.example\nTo: dana@wayfold.example\nDate: {}\nSubject: Plan\n\n{}\n"
    (tmp_path / "a.eml").write_text(
        mail.format("Tue, 3 Mar 2026 00:00:00 +0000", "We need the migration plan by May.")
    )
    words = [str(tmp_path), "--workspace", "mails", "--wait"]
    assert run("ingest", *words, on=server.database).exit_code == 0
    for day, since, until in (("2026-03-03", 0, 1), ("2026-03-04", 1, 0)):
        q = "migration plan"
        assert found(q, "--since", day, workspace="mails").exit_code == since
        assert found(q, "--until", day, workspace="mails").exit_code == until
