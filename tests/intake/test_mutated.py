"""Damaged samples: a reading or a refusal that says why, in time, and nothing made up.

`make fuzz` runs BATON_FUZZ_CASES of them.
"""

import os
import sys
import time
import tracemalloc
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from mutating import enlarge, mutate
from said_in import SaidIn

from schemas.source import Parsed
from service import parsing
from service.errors import BatonError
from service.intake.read import read

CASES = int(os.environ.get("BATON_FUZZ_CASES", "0"))
FEW = 250
SECONDS_PER_MB, SECONDS_AT_LEAST = 2.0, 0.5
MEMORY_PER_BYTE = 20
MEMORY_AT_LEAST = 8_000_000 if CASES else 1_000_000
"""Lines of three letters cost more than 20 times their size as strings of Python alone."""

CUTS = settings(
    deadline=None,
    database=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=[*HealthCheck],
)


@pytest.fixture(scope="module")
def files(shared: Path) -> list[Path]:
    """Every sample that somebody sends."""
    folders = ("transcripts", "webhooks", "email")
    found = [one for name in folders for one in (shared / "samples" / name).rglob("*.*")]
    return sorted(one for one in found if one.is_file() and one.stat().st_size)


def outcome(data: bytes, label: str) -> str:
    """What became of it, held to all that must be true of a reading and of a refusal."""
    found = in_time(data, label)
    if isinstance(found, BatonError):
        assert 400 <= found.status < 500, f"{label}: {found.detail}"
        assert found.detail.strip(), label
        assert found.field, f"{label}: {found.detail}"
        return found.type
    assert_nothing_is_made_up(found, data, label)
    return "read"


def in_time(data: bytes, label: str) -> Parsed | BatonError:
    started = time.process_time()
    found = attempt(data)
    took = time.process_time() - started
    assert took < SECONDS_AT_LEAST + SECONDS_PER_MB * len(data) / 1e6, f"{label}: {took:.2f} s"
    return found


def attempt(data: bytes) -> Parsed | BatonError:
    try:
        return read(data)
    except BatonError as refused:
        return refused


def assert_nothing_is_made_up(parsed: Parsed, data: bytes, label: str) -> None:
    said = SaidIn(data)
    for speaker in {one.speaker for one in parsed.utterances} - {None}:
        assert said.has_speaker(str(speaker)), f"{label}: {parsed.format}: {speaker!r}"
    times = {time for one in parsed.utterances for time in (one.start_s, one.end_s)} - {None}
    for one in times:
        assert said.has_time(float(one or 0)), f"{label}: {parsed.format}: {one}"


def print_counts(title: str, counts: Counter[str]) -> None:
    found = ", ".join(f"{name} {n}" for name, n in counts.most_common())
    sys.stdout.write(f"\n{title}: {counts.total()} files: {found}\n")


@pytest.mark.timeout(7200)
def test_a_damaged_file_is_read_or_refused_by_name(files: list[Path]) -> None:
    counts: Counter[str] = Counter()

    @settings(CUTS, max_examples=CASES or FEW)
    @given(st.sampled_from(files), st.integers(0, 2**63))
    def run(file: Path, seed: int) -> None:
        data = mutate(file.read_bytes(), Random(seed))  # noqa: S311 - repeatable on purpose
        counts[outcome(data, f"{file.name}, seed {seed}")] += 1

    run()
    print_counts("damaged", counts)
    assert counts["read"] > counts.total() / 5
    assert counts.total() - counts["read"] > counts.total() / 10


@pytest.mark.timeout(7200)
def test_a_large_file_takes_no_longer_than_its_size_allows(files: list[Path]) -> None:
    chosen = files if CASES else list({file.parent.parent: file for file in files}.values())
    for file in chosen:
        in_time(enlarge(file.read_bytes(), 1_000_000 if CASES else 250_000), file.name)
    sys.stdout.write(f"\nenlarged: {len(chosen)} files\n")


@pytest.mark.timeout(7200)
def test_a_large_file_takes_no_more_memory_than_its_size_allows(files: list[Path]) -> None:
    chosen = files if CASES else [file for file in files if file.name in ("sample.vtt", "1.eml")]
    for file in chosen:
        data = enlarge(file.read_bytes(), 1_000_000 if CASES else 300_000)
        attempt(data)  # what is made once is made
        tracemalloc.start()
        attempt(data)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < MEMORY_AT_LEAST + MEMORY_PER_BYTE * len(data), f"{file.name}: {peak}"


def test_the_child_answers_for_a_damaged_file_as_for_any_other(files: list[Path]) -> None:
    counts: Counter[str] = Counter()
    for seed in range(max(CASES // 50, 25)):
        file = files[seed * 7 % len(files)]
        data = mutate(file.read_bytes(), Random(seed))  # noqa: S311 - repeatable on purpose
        try:
            parsing.parse(data, format=None, kind=None)
            counts["read"] += 1
        except BatonError as refused:
            counts[refused.type] += 1
    print_counts("damaged, in the child", counts)
    assert counts["internal"] == counts["unavailable"] == 0
    assert counts["read"]
