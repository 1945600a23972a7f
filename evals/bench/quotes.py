"""Quotes through the gate: ten scripts, harmless and altering changes, speed; beside two peers.

`--langextract PYTHON` is the interpreter of an environment that has it; without one that peer is
left out and the table says so.
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any, NamedTuple

from evals.bench.figures import figure_table, machine, print_figures
from evals.bench.quotes_changes import ALTERED, HARMLESS, VERBATIM, Change
from evals.bench.quotes_peers import by_citation, by_langextract
from evals.bench.quotes_samples import Sample, samples
from evals.quotes.measure import quotes_per_second
from schemas.claim import Draft
from schemas.source import Side, Turn
from service.extract.gate import admit

Judge = Callable[[Sequence[tuple[Draft, Sequence[Turn]]]], list[bool]]
"""Which drafts are taken for quotes of their turns."""
Row = dict[str, float | None]
"""Of one kind: the share aimed at, how often it was tried, how often accepted."""
COUNTS = ("harmless", "kept", "altered", "let through")
LENGTHS = (50, 500, 5_000, 50_000)
"""Words of a turn, to see whether time grows in step."""


def main(words: Sequence[str] | None = None) -> int:
    """Print the tables; 1 where a harmless change is refused or an altering one accepted."""
    asked = _parser().parse_args(words)
    drawn = samples(runs=asked.runs, seed=asked.seed)
    judges: dict[str, Judge] = {"Baton": by_gate, "CitationMixin": by_citation}
    if asked.langextract:
        judges |= by_langextract(asked.langextract)
    drafts = _drafts(drawn, Random(asked.seed))  # noqa: S311 (repeatable on purpose)
    shares = {name: _shares(judge, drafts) for name, judge in judges.items()}
    figures = {
        "quotes": len(drawn),
        "accepted": shares,
        "by_script": _by_script(drafts),
        "per_second": quotes_per_second(asked.speed),
        "microseconds_a_word": {str(length): _pace(length) for length in LENGTHS},
        "without": [] if asked.langextract else ["langextract: no environment given"],
        "machine": machine(),
    }
    print_figures(figures, _tables(figures), as_json=asked.json)
    return 0 if is_met(shares["Baton"]) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.bench quotes", description=__doc__)
    parser.add_argument("--runs", type=int, default=4, help="stretches drawn from a sentence")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--speed", type=int, default=20_000, metavar="N", help="quotes timed")
    parser.add_argument("--langextract", type=Path, metavar="PYTHON")
    parser.add_argument("--json", action="store_true", help="for a machine")
    return parser


class Tried(NamedTuple):
    """One change of one sample; no aim where what is left stands verbatim."""

    kind: str
    aim: float | None
    sample: Sample
    draft: Draft


def _drafts(drawn: Sequence[Sample], rng: Random) -> list[Tried]:
    kinds: list[tuple[str, float | None, Change]] = [
        *((kind, 1.0, change) for kind, change in HARMLESS.items()),
        *((kind, 0.0, change) for kind, change in ALTERED.items()),
        *((kind, None, change) for kind, change in VERBATIM.items()),
    ]
    return [
        Tried(kind, aim, sample, draft)
        for kind, aim, change in kinds
        for sample in drawn
        if (draft := change(sample, rng)) is not None
    ]


def by_gate(pairs: Sequence[tuple[Draft, Sequence[Turn]]]) -> list[bool]:
    """Our own answer, draft by draft."""
    return [bool(admit([draft], turns).claims) for draft, turns in pairs]


def _shares(judge: Judge, tried: Sequence[Tried]) -> dict[str, Row]:
    answers = judge([(one.draft, one.sample.turns) for one in tried])
    rows: dict[str, Row] = {}
    for one, is_accepted in zip(tried, answers, strict=True):
        row = rows.setdefault(one.kind, {"aim": one.aim, "tried": 0, "accepted": 0})
        row["tried"] = (row["tried"] or 0) + 1
        row["accepted"] = (row["accepted"] or 0) + is_accepted
    return rows


def _by_script(tried: Sequence[Tried]) -> dict[str, dict[str, int]]:
    judged = [one for one in tried if one.aim is not None]
    answers = by_gate([(one.draft, one.sample.turns) for one in judged])
    rows: dict[str, dict[str, int]] = {}
    for one, is_accepted in zip(judged, answers, strict=True):
        row = rows.setdefault(one.sample.script, dict.fromkeys(COUNTS, 0))
        row["harmless" if one.aim else "altered"] += 1
        row["kept" if one.aim else "let through"] += is_accepted
    return rows


def is_met(rows: dict[str, Row]) -> bool:
    """Whether every row with an aim reaches it exactly."""
    return all(
        row["accepted"] == row["aim"] * (row["tried"] or 0)
        for row in rows.values()
        if row["aim"] is not None
    )


def _pace(length: int) -> float:
    """Microseconds a word of the turn, for one quote in its middle."""
    text = " ".join(f"word{at} moves" for at in range(length // 2))
    turn = Turn(turn=0, speaker="a", side=Side.VENDOR, side_rule="invented", text=text)
    quote = " ".join(text.split()[length // 2 : length // 2 + 8])
    draft = Draft(field="what_was_promised", turn=0, quote=quote, statement="")
    rounds = max(3, 20_000 // length)
    start = perf_counter()
    for _ in range(rounds):
        admit([draft], [turn])
    return round((perf_counter() - start) / rounds / length * 1e6, 3)


def _tables(figures: dict[str, Any]) -> list[Any]:
    names = list(figures["accepted"])
    title = f"Share taken for a quote: {figures['quotes']:,} true quotes in ten scripts"
    missing = "; ".join(figures["without"])
    caption = f"left out: {missing or '-'}; without an aim: what is left stands verbatim"
    kinds = figure_table(title, ("change", "n", "aim", *names), caption=caption)
    for kind, own in figures["accepted"][names[0]].items():
        rows = [figures["accepted"][name][kind] for name in names]
        shares = [f"{row['accepted'] / row['tried']:.3f}" for row in rows]
        aim = "-" if own["aim"] is None else f"{own['aim']:.0f}"
        kinds.add_row(kind, f"{own['tried']:,.0f}", aim, *shares)
    scripts = figure_table("By script", ("script", *COUNTS), caption="Baton")
    for script, row in figures["by_script"].items():
        scripts.add_row(script, *(f"{row[key]:,}" for key in COUNTS))
    speed = figure_table("Speed", ("what", "figure"), caption="turns of 50 words; one long turn")
    for kind, count in figures["per_second"].items():
        speed.add_row(f"{kind}: quotes a second", f"{count:,.0f}")
    for length, pace in figures["microseconds_a_word"].items():
        speed.add_row(f"turn of {int(length):,} words: microseconds a word", f"{pace:.2f}")
    return [kinds, scripts, speed]
