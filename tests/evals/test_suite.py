"""Runs are records: written, read again, compared, held to what is recorded, and shown."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.extraction import cases
from evals.metrics.matching import Item
from evals.suite import parts, tables
from evals.suite.baseline import (
    BASELINE,
    Figures,
    baseline_of,
    load_baseline,
    losses,
    save_baseline,
)
from evals.suite.changes import as_lines
from evals.suite.cli import app
from evals.suite.code import code_version
from evals.suite.compare import is_worse, moves, steps
from evals.suite.misses import misses
from evals.suite.record import Found, Run, load, save
from evals.suite.report import MOST, as_html
from evals.suite.run import run_of
from evals.suite.scoring import by_split, scores
from schemas.claim import FIELDS, WHAT_WAS_PROMISED, WHY_THEY_BOUGHT
from service.errors import Invalid
from service.settings import Settings

NOWHERE = Path("no such folder")


@pytest.fixture(scope="module")
def run() -> Run:
    return run_of(parts.OWN, NOWHERE, extractor="local", settings=Settings())


@pytest.fixture
def changed(run: Run) -> Callable[[Callable[[Found], bool]], Run]:
    """The same run without the claims that are told."""

    def without(drops: Callable[[Found], bool]) -> Run:
        return run.model_copy(
            update={
                "documents": tuple(
                    read.model_copy(
                        update={"found": tuple(one for one in read.found if not drops(one))}
                    )
                    for read in run.documents
                )
            }
        )

    return without


def test_there_are_twenty_hard_cases_each_with_its_reason() -> None:
    hard = cases.read(cases.HARD)
    assert len(hard) >= 20
    assert all(len(case.reason) > 30 for case in hard)
    assert {"call", "mail", "speech"} == {case.kind for case in hard}
    assert max(len(case.turns) for case in hard) > 1_000


def test_a_run_is_the_same_each_time_and_after_it_was_saved(run: Run, tmp_path: Path) -> None:
    again = run_of(["hard"], NOWHERE, extractor="local", settings=Settings())
    here = [
        one.model_copy(update={"cost": read.cost})
        for one, read in zip(again.documents, by_split(run)["hard"], strict=True)
    ]
    assert tuple(here) == by_split(run)["hard"]
    save(run, tmp_path / "runs" / "one.json")
    assert load(tmp_path / "runs" / "one.json") == run


def test_what_is_no_record_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    with pytest.raises(Invalid, match="is no record of a run"):
        load(tmp_path / "x.json")


def test_every_claim_has_its_words_at_its_place(run: Run) -> None:
    places = [(one.quote, read.words(one.span)) for read in run.documents for one in read.found]
    assert len(places) > 100
    assert [pair for pair in places if pair[0] != pair[1]] == []


def test_the_same_run_is_no_worse_and_nothing_appears(run: Run) -> None:
    assert list(steps(run, run)) == []
    assert not is_worse(run, run)
    assert "No score moved." in list(as_lines(run, run))


def test_a_lost_claim_vanishes_and_the_score_falls(
    run: Run, changed: Callable[[Callable[[Found], bool]], Run]
) -> None:
    after = changed(lambda one: one.quote.startswith("I'll mail you a couple"))
    (step,) = steps(run, after)
    assert (step.document, step.field, step.is_new) == (
        "brewery_discovery",
        WHAT_WAS_PROMISED,
        False,
    )
    assert step.is_better is False
    fallen = [move for move in moves(run, after) if move.is_worse]
    assert [(move.split, move.score) for move in fallen] == [("cases", f"F1 {WHAT_WAS_PROMISED}")]
    assert is_worse(run, after)
    assert not is_worse(after, run)


def test_the_untouched_split_is_compared_without_its_words(
    run: Run, changed: Callable[[Callable[[Found], bool]], Run]
) -> None:
    def held(one: Run) -> Run:
        moved = (read.model_copy(update={"split": parts.UNTOUCHED}) for read in one.documents)
        return one.model_copy(update={"documents": tuple(moved)})

    before, after = held(run), held(changed(lambda one: one.field == WHY_THEY_BOUGHT))
    shown = "\n".join(as_lines(before, after))
    assert f"F1 {WHY_THEY_BOUGHT}" in shown
    assert "vanished" not in shown
    assert "vanished" in "\n".join(as_lines(before, after, shows_held=True))


def test_what_is_recorded_is_every_field_of_our_own_cases() -> None:
    recorded = load_baseline(BASELINE)
    assert set(recorded.splits) == set(parts.OWN)
    assert all(set(figures.fields) == set(FIELDS) for figures in recorded.splits.values())


def test_the_gate_ends_with_1_where_more_is_recorded_than_found(tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    words = ["gate", "--baseline", str(baseline)]
    assert CliRunner().invoke(app, [*words, "--record"]).exit_code == 0
    recorded = load_baseline(baseline)
    lucky = recorded.splits["hard"].model_copy(update={"side_errors": -1})
    save_baseline(recorded.model_copy(update={"splits": {"hard": lucky}}), baseline)
    failed = CliRunner().invoke(app, words)
    assert failed.exit_code == 1
    assert "hard: " in failed.output
    assert "on the wrong side" in failed.output


def test_a_planted_loss_fails_the_gate(
    run: Run, changed: Callable[[Callable[[Found], bool]], Run]
) -> None:
    recorded = baseline_of(run)
    lost = list(losses(recorded, baseline_of(changed(lambda one: one.field == WHY_THEY_BOUGHT))))
    assert [line.partition(" fell")[0] for line in lost] == [
        f"cases: F1 of {WHY_THEY_BOUGHT}",
        f"hard: F1 of {WHY_THEY_BOUGHT}",
    ]
    figures = recorded.splits["hard"]
    worse = figures.model_copy(update={"traps_hit": figures.traps_hit + 1})
    planted = recorded.model_copy(update={"splits": {**recorded.splits, "hard": worse}})
    assert list(losses(planted, recorded)) == []
    assert "traps were hit" in next(iter(losses(recorded, planted)))


def test_a_split_that_is_gone_is_a_loss(run: Run) -> None:
    recorded = baseline_of(run)
    assert isinstance(recorded.splits["cases"], Figures)
    only = recorded.model_copy(update={"splits": {"cases": recorded.splits["cases"]}})
    assert list(losses(recorded, only)) == ["hard: not measured"]


def test_the_figures_are_those_of_the_counts(run: Run) -> None:
    shown = tables.as_figures(run)["splits"]["cases"]
    score = scores(by_split(run)["cases"]).fields[WHY_THEY_BOUGHT]
    row = shown["fields"][WHY_THEY_BOUGHT]
    assert (row["right"], row["wrong"], row["missed"]) == score.tally[:3]
    assert shown["documents"] == 14


def test_each_miss_is_shown_in_its_turn(run: Run) -> None:
    (german,) = [read for read in run.documents if read.name == "german"]
    blank = german.model_copy(update={"found": ()})
    missed = misses(blank)
    assert [miss.turn.turn for miss in missed] == [1, 3, 4, 5]
    assert all(blank.words(miss.span) in miss.turn.text for miss in missed)


@pytest.fixture(scope="module")
def page(run: Run) -> str:
    """Of two runs; the second has one document that tries to be markup, and is untouched."""
    read = run.documents[0]
    turn = read.turns[0].model_copy(update={"text": "<script>alert(1)</script> & so on"})
    first = Item(spans=((0, 25),), is_borderline=False)
    hostile = read.model_copy(
        update={
            "turns": (turn, *read.turns[1:]),
            "found": (),
            "name": "<b>bold</b>",
            "items": dict.fromkeys(read.items, (first,)),
        }
    )
    held = hostile.model_copy(update={"split": parts.UNTOUCHED, "name": "left alone"})
    return as_html([run.model_copy(update={"documents": (hostile, held, *run.documents[14:20])})])


def test_the_report_runs_nothing_and_asks_nobody(page: str) -> None:
    assert re.findall(r"<script|<iframe|<link|<img|\son[a-z]+=|javascript:", page) == []
    assert re.findall(r"(?:src|href|action)=\"(?!#)", page) == []
    assert re.findall(r"https?:", page) == []
    assert re.findall(r"\sstyle=|@import|url\((?!#)", page) == []
    assert "default-src 'none'; style-src 'sha256-" in page
    assert page.count("<svg") == 5


def test_words_of_a_source_are_no_markup(page: str) -> None:
    assert "<b>bold" not in page
    assert "&lt;script&gt;" in page


def test_misses_of_the_untouched_split_are_left_out(page: str) -> None:
    assert "&lt;b&gt;bold" in page
    assert "left alone" not in page
    assert "so that it stays untouched" in page


def test_more_runs_than_can_be_told_apart_are_refused(run: Run) -> None:
    with pytest.raises(Invalid, match="at most"):
        as_html([run] * (MOST + 1))


def test_the_code_version_changes_with_the_code(tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    before = code_version(tmp_path)
    (tmp_path / "schemas" / "one.py").write_text("x = 1\n", encoding="utf-8")
    assert code_version(tmp_path) != before


@pytest.mark.parametrize(
    "words",
    [
        ["--split", "nowhere"],
        ["--extractor", "oracle"],
        ["compare", "one.json"],
        ["report", "one.json"],
        ["export-corrections", "--workspace", "w", "--out", "folder"],
    ],
)
def test_wrong_usage_of_the_suite_ends_with_2(words: list[str]) -> None:
    assert CliRunner().invoke(app, words).exit_code == 2


def test_one_case_is_measured_printed_and_kept(tmp_path: Path) -> None:
    words = ["--split", "hard", "--case", "vendor_only", "--save", str(tmp_path / "run.json")]
    shown = CliRunner().invoke(app, words)
    assert shown.exit_code == 0
    assert "hard cases, own (1)" in shown.output
    (read,) = load(tmp_path / "run.json").documents
    assert read.name == "vendor_only"
    figures = json.loads(CliRunner().invoke(app, [*words, "--json"]).output)
    assert figures["splits"]["hard"]["documents"] == 1


def test_parts_that_are_not_here_are_left_out() -> None:
    wanted = [*parts.OPEN, parts.SENTENCES, parts.QUIET]
    run = run_of(wanted, NOWHERE, extractor="local", settings=Settings())
    assert (run.documents, run.sentences, run.quiet) == ((), (), ())


def test_changed_quotes_are_counted_by_kind() -> None:
    run = run_of([parts.QUOTES], NOWHERE, extractor="local", settings=Settings())
    assert {one.is_harmless for one in run.changes} == {True, False}
    assert all(one.accepted == one.tried * one.is_harmless for one in run.changes)
    assert [line.partition(":")[0] for line in tables.apart(run)] == [
        "Harmless quotes accepted",
        "Altered quotes accepted",
    ]


def test_comparing_ends_with_1_where_asked_to(
    run: Run, changed: Callable[[Callable[[Found], bool]], Run], tmp_path: Path
) -> None:
    before, after = tmp_path / "before.json", tmp_path / "after.json"
    save(run, before)
    save(changed(lambda one: one.field == WHY_THEY_BOUGHT), after)
    words = ["compare", str(before), str(after)]
    assert CliRunner().invoke(app, words).exit_code == 0
    worse = CliRunner().invoke(app, [*words, "--fail-if-worse"])
    assert worse.exit_code == 1
    assert "vanished, right" in worse.output
