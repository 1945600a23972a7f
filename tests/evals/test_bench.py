import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from evals.bench import figures, pipeline, prompt, recovery, search, uploads
from evals.bench.__main__ import main
from evals.bench.pipeline_parts import PARTS
from evals.bench.stand import Server, open_stand, serving
from evals.bench.talk import Said, as_mail, as_webvtt, talk
from service.intake.read import read
from service.intake.turns import join

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with open_stand() as stand, serving(stand) as running:
        yield running


def _talk(words: int) -> list[Said]:
    return talk(random.Random(3), words=words)  # noqa: S311 - seeded


def test_every_benchmark_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    listed = {line.split()[0] for line in capsys.readouterr().out.splitlines()}
    folder = Path(figures.__file__).parent
    assert listed == {
        one.stem for one in folder.glob("[a-z]*.py") if "def main(" in one.read_text()
    }
    assert main(["nothing"]) == 2


def test_talk_is_as_long_as_asked_and_the_same_each_time() -> None:
    turns = _talk(9000)
    assert 9000 <= sum(turn.words for turn in turns) < 9200
    assert 600 <= len(turns) <= 750
    assert turns == _talk(9000)


def test_call_and_mail_are_read_turn_by_turn() -> None:
    turns = _talk(400)
    utterances = join(read(as_webvtt(turns).encode()))
    assert [one.speaker for one in utterances] == [turn.speaker for turn in turns]
    assert utterances[0].text == " ".join(turns[0].sentences)
    mail = read(as_mail(turns, number=7))
    assert mail.message_ids == ("7@halloran.example",)


def test_a_question_is_measured_and_held_to_its_aims() -> None:
    (name, turns), *_ = prompt.texts()
    found = prompt.measure(name, turns)
    assert (found.turns, found.calls) == (307, 1)
    assert 0 < found.talk < found.asked <= 1.25 * found.talk + 1_500
    assert prompt.is_kept([found])
    assert not prompt.is_kept([replace(found, of_aim_counted=1.01)])
    assert not prompt.is_kept([replace(found, cap=found.asked // 5)])
    assert prompt.table([found]).row_count == 1


def test_percentiles() -> None:
    assert figures.percentile([1.0, 2.0, 3.0, 4.0, 5.0], 50) == 3
    assert figures.median([4.0, 1.0]) == 2.5


def test_pipeline_tells_each_part_and_step(server: Server) -> None:
    (one,) = pipeline.run(server, rounds=1, words=150)
    assert set(one.alone.seconds) == set(PARTS)
    assert all(seconds > 0 for seconds in one.alone.seconds.values())
    assert one.steps["read"] > 0
    found = pipeline.summarise([one])
    assert found["ratio"] == pytest.approx(one.total_s / one.alone_s)
    assert [table.row_count for table in pipeline.tables(found)] == [7, 5]


def test_search_asks_in_a_workspace_of_that_size(server: Server) -> None:
    found = search.run(server, passages=300, questions=2, call_words=150)
    assert 270 <= found["passages"] <= 330
    assert [one["filter"] for one in found["filters"]] == list(search.FILTERS)
    assert all(one["questions"] == 2 and one["ratio"] > 0 for one in found["filters"])
    assert search.table(found).row_count == len(search.FILTERS)


def test_killed_job_ends_ready(server: Server) -> None:
    found = recovery.run(server, kills=1, words=3000)
    assert (found["kills"], found["ready"]) == (1, 1)
    assert 0 < found["p50_s"] == found["max_s"]
    assert recovery.table(found).row_count == 2


def test_uploads_are_all_accepted(server: Server) -> None:
    found = uploads.run(server, clients=(1, 2), seconds=0.3, busy_words=1500)
    sent = [(one["what"], one["clients"]) for one in found["loads"]]
    assert sent == [(what, n) for n in (1, 2) for what in ("calls", "mails", "healthz")]
    assert all(one["requests"] and one["p50_ms"] <= one["p99_ms"] for one in found["loads"])
    assert found["bare_rate"] > 0
    assert uploads.table(found).row_count == 6
