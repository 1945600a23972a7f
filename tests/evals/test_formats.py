import json
from pathlib import Path
from typing import Any

import pytest

from evals.bench import formats as bench
from evals.formats.__main__ import main
from evals.formats.measure import Row
from evals.formats.samples import samples, true_turns
from evals.formats.truth import Names, Says, Times, share
from schemas.source import Side, Turn

TRUE: list[dict[str, Any]] = [
    {"speaker": "Dana", "role": "vendor", "start": 1.0, "end": 2.0, "text": "We ship in May."},
    {"speaker": "Lee", "role": "customer", "start": 2.5, "end": 4.0, "text": "Good."},
]


def turns(**changed: Any) -> list[Turn]:
    """The truth, but for what is changed in its first turn."""
    first = {"speaker": "Dana", "start_s": 1.0, "end_s": 2.0, "text": "We ship in May."}
    second = {"speaker": "Lee", "start_s": 2.5, "end_s": 4.0, "text": "Good."}
    made = (first | changed, second)
    return [
        Turn.model_validate({"turn": at, "side": Side.UNKNOWN, "side_rule": "unknown"} | one)
        for at, one in enumerate(made)
    ]


@pytest.mark.parametrize(
    ("changed", "says", "expected"),
    [
        ({}, Says(), 1.0),
        ({"text": "We ship in June."}, Says(), 0.5),
        ({"speaker": "Lee"}, Says(), 0.5),
        ({"start_s": 1.2}, Says(), 0.5),
        ({"end_s": None}, Says(), 0.5),
        ({"end_s": None}, Says(times=Times.STARTS), 1.0),
        ({"start_s": 1.9, "end_s": None}, Says(times=Times.SECONDS), 1.0),
        ({"start_s": None}, Says(times=Times.SECONDS), 0.5),
        ({"start_s": None}, Says(times=Times.MOMENT), 0.0),
        ({"side": "customer"}, Says(), 0.5),
        ({"side": "vendor"}, Says(sides=True), 0.5),
        ({"speaker": "A"}, Says(names=Names.LABELS), 1.0),
        ({"speaker": None}, Says(names=Names.LABELS), 0.5),
        ({"speaker": None}, Says(names=Names.NONE), 0.5),
        ({"text": "Um,"}, Says(asides=frozenset(("Um,",))), 0.0),
    ],
)
def test_a_share_counts_turns_that_are_right_in_all_that_is_said(
    changed: dict[str, Any], says: Says, expected: float
) -> None:
    assert share(turns(**changed), TRUE, says) == expected


def test_turns_too_many_or_too_few_lower_the_share() -> None:
    assert share(turns()[:1], TRUE, Says()) == 0.5
    assert share([*turns(), *turns()], TRUE, Says()) == 0.5
    assert share([], TRUE, Says()) == 0


def test_a_label_for_two_people_is_no_label() -> None:
    again = [*TRUE, TRUE[0] | {"start": 5.0, "end": 6.0}]
    found = [*turns(), turns(speaker="B", start_s=5.0, end_s=6.0)[0]]
    assert share(found, again, Says(names=Names.LABELS)) == pytest.approx(1 / 3)


def test_a_row_is_met_where_it_went_the_way_it_must() -> None:
    row = Row(
        "a.json",
        "json",
        "rev",
        None,
        must_be_refused=False,
        turns=1,
        speakers=1,
        sides_known=0,
        truth=1.0,
        seconds=0.1,
    )
    assert row.is_met
    wrong = {"truth": 0.9}, {"refusal": "Malformed: x"}, {"must_be_refused": True}
    assert not any(Row(**(_values(row) | one)).is_met for one in wrong)
    assert Row(**(_values(row) | {"refusal": "NoContent: x", "must_be_refused": True})).is_met


def _values(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.as_json().items() if name != "is_met"}


def test_every_sample_is_read_as_far_as_its_format_reaches(
    shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--folder", str(shared / "samples"), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == len(samples(shared / "samples"))
    assert sum(row["truth"] == 1 for row in rows) > 40
    assert len({row["detected"] for row in rows}) > 30


def test_the_table_shows_a_sample_a_line(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--folder", str(shared / "samples"), "--only", "transcripts/json/rev"]
    assert main(asked) == 0
    said = capsys.readouterr().out
    assert "rev_ai.json" in said
    assert "1 of 1 samples" in said


def test_without_samples_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--folder", str(tmp_path / "none")]) == 2
    assert "BATON_SHARED" in capsys.readouterr().err


def test_the_truth_has_the_moment_of_each_turn(shared: Path) -> None:
    first = true_turns(shared / "samples")[0]
    assert first["moment"].isoformat() == "2026-03-03T15:00:03.200000+00:00"


def test_the_benchmark_tells_each_family_and_loses_no_cue(
    shared: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BATON_SHARED", str(shared))
    assert bench.main(["--megabytes", "0.1", "--seconds", "1", "--rounds", "1", "--json"]) in (0, 1)
    found = json.loads(capsys.readouterr().out)
    assert {one.family for one in samples(shared / "samples")} == set(found["families"])
    assert found["webvtt"]["lost_by_us"] == 0
    assert found["webvtt"]["our_cues"] > 300
    assert {one["ours"] for one in found["dialects"].values()} == {2}
