"""Our counts are those of the scorer that is published with the labels."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from evals.extraction.documents import LABELS
from evals.metrics.f1 import f1
from evals.metrics.precision import precision
from evals.metrics.tally import Tally
from evals.suite import parts
from evals.suite.record import Read, Run
from evals.suite.run import run_of
from evals.suite.scoring import counts
from service.settings import Settings

PRINTED = re.compile(r"^ {2}(\w{1,20}) .{1,60} tp (\d+) fp (\d+) fn (\d+) .{1,30} hits (\d+)$")
FLOOR = {"why_they_bought": 0.383, "what_was_promised": 0.595, "success_in_their_words": 0.580}
"""F1 of the keyword rules that come with the labels, over all twelve documents."""


@pytest.fixture(scope="module")
def run(shared: Path) -> Run:
    return run_of(parts.OPEN, shared / "evaldata", extractor="local", settings=Settings())


def predicted(read: Read) -> dict[str, list[dict[str, str | None]]]:
    """The claims of one document, as the scorer takes them."""
    who = {said.turn: said.speaker for said in read.turns}
    return {
        label: [
            {"quote": one.quote, "speaker": who[one.turn]}
            for one in read.found
            if one.field == field
        ]
        for field, label in LABELS.items()
    }


def test_both_scorers_count_alike(run: Run, shared: Path, tmp_path: Path) -> None:
    for read in run.documents:
        (tmp_path / f"{read.name}.json").write_text(json.dumps(predicted(read)), encoding="utf-8")
    folder = shared / "evaldata"
    command = [sys.executable, str(folder / "score_calls.py"), str(folder / "calls")]
    done = subprocess.run(
        [*command, "--pred", str(tmp_path)], check=True, capture_output=True, text=True
    )
    found = [match for line in done.stdout.splitlines() if (match := PRINTED.match(line))]
    theirs = {match[1]: Tally(*map(int, match.groups()[1:])) for match in found}
    assert theirs == {LABELS[field]: tally for field, tally in counts(run.documents).fields.items()}


def test_every_label_lies_in_a_turn(run: Run) -> None:
    for read in run.documents:
        ends = [(one.offset, one.offset + len(one.text)) for one in read.turns]
        spans = [each for items in read.items.values() for one in items for each in one.spans]
        assert all(any(a <= s and e <= b for a, b in ends) for s, e in spans), read.name


def test_the_extractor_is_above_the_keyword_floor(run: Run) -> None:
    for field, tally in counts(run.documents).fields.items():
        assert f1(tally) > FLOOR[field], field
        assert precision(tally) >= 0.65, field


def test_rows_that_the_reader_left_open_are_not_counted(shared: Path) -> None:
    rows = parts.sentences(shared / "evaldata")
    assert len(rows) == 146
    assert sum(row.is_undertaking for row in rows) == 68
