"""MB a second that the readers read, family by family, over all samples repeated.

Each family gets the same share of the bytes, and stops earlier where its share of the time is over.
In the same run webvtt-py reads the WebVTT samples in turn with our reader, and the cues of both are
compared: those with words that only one of them found.
"""

import argparse
import itertools
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import process_time
from typing import Any

import webvtt
from rich.table import Table

from evals.bench.dialects import CUES, DIALECTS, our_cues, their_cues
from evals.bench.figures import figure_table, machine, median, print_figures, progress
from evals.formats.samples import Sample, folder_of_samples, samples
from service.errors import BatonError
from service.intake.read import read

_ROUNDS = 100
"""Readings of each WebVTT sample by either, one after the other; their median counts."""

Starts = Counter[float]


@dataclass
class Speed:
    """What was read, and in how much time of a processor."""

    files: int = 0
    size: int = 0
    seconds: float = 0.0

    @property
    def mb_s(self) -> float:
        """Megabytes a second."""
        return self.size / 1e6 / self.seconds if self.seconds else 0.0

    def add(self, data: bytes, seconds: float) -> None:
        """One more reading."""
        self.seconds += seconds
        self.size += len(data)
        self.files += 1


def main(words: list[str]) -> int:
    """Print the tables; 1 where webvtt-py is faster, or where we lose a cue."""
    asked = _arguments(words)
    found = samples(folder_of_samples())
    families = _families(found, megabytes=asked.megabytes, seconds=asked.seconds)
    captions = [one for one in found if one.path.endswith(".vtt") and one.data.strip()]
    figures = {
        "families": {name: vars(one) | {"mb_s": one.mb_s} for name, one in families.items()},
        "webvtt": _beside(captions, rounds=asked.rounds),
        "dialects": {
            name: {"ours": our_cues(data), "theirs": their_cues(data)}
            for name, data in DIALECTS.items()
        },
        "machine": machine(),
    }
    print_figures(figures, tables(figures), as_json=asked.json)
    beside = figures["webvtt"]
    is_whole = all(one["ours"] == CUES for one in figures["dialects"].values())
    return 0 if beside["ratio"] >= 1 and not beside["lost_by_us"] and is_whole else 1


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.bench formats", description=__doc__)
    parser.add_argument("--megabytes", type=float, default=100, help="read in all (100)")
    parser.add_argument(
        "--seconds", type=float, default=150, help="at most, over all families (150)"
    )
    parser.add_argument("--rounds", type=int, default=_ROUNDS, help="beside webvtt-py (100)")
    parser.add_argument("--json", action="store_true", help="for a machine to read")
    return parser.parse_args(words)


def _families(found: Sequence[Sample], *, megabytes: float, seconds: float) -> dict[str, Speed]:
    by_family: dict[str, list[bytes]] = {}
    for sample in found:
        by_family.setdefault(sample.family, []).append(sample.data)
    measured = {}
    with progress() as shown:
        for name, files in shown.track(by_family.items(), description="families"):
            most, longest = megabytes * 1e6 / len(by_family), seconds / len(by_family)
            measured[name] = _repeated(files, most=most, longest=longest)
    return measured


def _repeated(files: Sequence[bytes], *, most: float, longest: float) -> Speed:
    """The files in turn until there are enough bytes, or the time is over."""
    speed = Speed()
    for data in itertools.cycle(files):
        speed.add(data, _seconds_of(_read_or_refuse, data))
        if speed.size >= most or speed.seconds >= longest:
            return speed
    return speed


def _read_or_refuse(data: bytes) -> object:
    try:
        return read(data)
    except BatonError as refused:
        return refused


def _beside(captions: list[Sample], *, rounds: int) -> dict[str, Any]:
    """Ours from bytes to checked utterances, theirs from bytes to captions."""
    ours, theirs = Speed(), Speed()
    for sample in captions:
        one, other = zip(*(_both(sample.data) for _ in range(rounds)), strict=True)
        ours.add(sample.data, median(one))
        theirs.add(sample.data, median(other))
    lost_by_us, lost_by_them, cues, their_cues = 0, 0, 0, 0
    for sample in captions:
        mine, others = _our_starts(sample.data), _their_starts(sample.data)
        cues, their_cues = cues + mine.total(), their_cues + others.total()
        lost_by_us += (others - mine).total()
        lost_by_them += (mine - others).total()
    return {
        "files": len(captions),
        "rounds": rounds,
        "ours": ours.mb_s,
        "theirs": theirs.mb_s,
        "ratio": ours.mb_s / theirs.mb_s,
        "our_cues": cues,
        "their_cues": their_cues,
        "lost_by_us": lost_by_us,
        "lost_by_them": lost_by_them,
    }


def _both(data: bytes) -> tuple[float, float]:
    """Seconds of one reading by us, and of one by them."""
    return _seconds_of(read, data), _seconds_of(_their_captions, data)


def _seconds_of(reader: Callable[[bytes], object], data: bytes) -> float:
    begin = process_time()
    reader(data)
    return process_time() - begin


def _our_starts(data: bytes) -> Starts:
    return Starts(one.start_s for one in read(data).utterances if one.start_s is not None)


def _their_captions(data: bytes) -> list[webvtt.Caption]:
    return list(webvtt.from_string(data.decode("utf-8-sig")).captions)


def _their_starts(data: bytes) -> Starts:
    """When each caption with words starts: the words differ in markup and in the speaker."""
    return Starts(_seconds(one.start) for one in _their_captions(data) if one.text.strip())


def _seconds(clock: str) -> float:
    hours, minutes, seconds = clock.split(":")
    return round(int(hours) * 3600 + int(minutes) * 60 + float(seconds), 3)


def tables(figures: dict[str, Any]) -> list[Table]:
    """Families, WebVTT beside its peer, and the cues of both in files of tools."""
    return [
        _family_table(figures["families"]),
        _webvtt_table(figures["webvtt"]),
        _dialect_table(figures["dialects"]),
    ]


def _family_table(families: dict[str, Any]) -> Table:
    table = figure_table(
        "All samples, repeated",
        ("family", "files read", "MB", "s", "MB/s"),
        caption="bytes to turns",
    )
    for name, one in families.items():
        size, took = f"{one['size'] / 1e6:.2f}", f"{one['seconds']:.2f}"
        table.add_row(name, f"{one['files']:,}", size, took, f"{one['mb_s']:.2f}")
    return table


def _webvtt_table(one: dict[str, Any]) -> Table:
    caption = f"{one['files']} files, median of {one['rounds']} readings; ours x{one['ratio']:.2f}"
    columns = ("reader", "MB/s", "cues", "cues lost that the other has")
    table = figure_table("WebVTT beside webvtt-py", columns, caption=caption)
    table.add_row("ours", f"{one['ours']:.2f}", str(one["our_cues"]), str(one["lost_by_us"]))
    theirs = (f"{one['theirs']:.2f}", str(one["their_cues"]), str(one["lost_by_them"]))
    table.add_row("webvtt-py", *theirs)
    return table


def _dialect_table(dialects: dict[str, Any]) -> Table:
    caption = f"each file has {CUES} cues, or voices"
    table = figure_table("As tools write it", ("file", "ours", "webvtt-py"), caption=caption)
    for name, one in dialects.items():
        table.add_row(name, str(one["ours"]), str(one["theirs"]))
    return table
