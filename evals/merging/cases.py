"""Hard cases of merging, as `cases.toml` tells them: claims, and what they are to each other."""

import itertools
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from schemas.claim import (
    CUSTOMER_FIELDS,
    WHAT_WAS_PROMISED,
    ClaimState,
    ContractStatus,
    PromiseState,
)
from schemas.merged import Said
from schemas.note import Claim, Evidence, Promise
from schemas.source import Side

DEVELOPED_ON, UNSEEN = "developed on", "unseen"
FILES = {
    DEVELOPED_ON: Path(__file__).with_name("cases.toml"),
    UNSEEN: Path(__file__).with_name("unseen.toml"),
}
Pairs = frozenset[tuple[str, str]]
Steps = frozenset[tuple[str, str, str]]


@dataclass(frozen=True)
class Case:
    """One case, with every pair that is one claim, replaced, or contested."""

    name: str
    reason: str
    said: tuple[Said, ...]
    same: Pairs
    replaced: Steps
    """Old, new and how."""
    contested: Pairs


def read(path: Path) -> tuple[Case, ...]:
    """Every case of a file, in its order."""
    return tuple(map(_case, tomllib.loads(path.read_text(encoding="utf-8"))["case"]))


def _case(case: dict[str, Any]) -> Case:
    field = case.get("field", WHAT_WAS_PROMISED)
    one = {letter: group.split() for group in case.get("same", []) for letter in group.split()}
    return Case(
        name=case["name"],
        reason=case["reason"],
        said=tuple(_said(field, turn, line) for turn, line in enumerate(case["said"])),
        same=frozenset(p for group in case.get("same", []) for p in _pairs(group.split())),
        replaced=frozenset(step for line in case.get("replaced", []) for step in _steps(line, one)),
        contested=frozenset(
            p for group in case.get("contested", []) for p in _pairs(group.split())
        ),
    )


def _pairs(letters: list[str]) -> Iterator[tuple[str, str]]:
    return itertools.combinations(sorted(letters), 2)


def _steps(line: str, one: dict[str, list[str]]) -> Iterator[tuple[str, str, str]]:
    """Between all that say the old and all that say the new."""
    old, new, change = line.split()
    for before, after in itertools.product(one.get(old, [old]), one.get(new, [new])):
        yield before, after, change


def _said(field: str, turn: int, line: list[str]) -> Said:
    letter, where, day, who, text = line
    source, _, deal = where.partition("/")
    at = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    return Said(
        deal=deal or "deal",
        claim=claim(letter, field, source, at=at, turn=turn, who=who, text=text),
    )


def claim(
    name: str, field: str, source: str, *, at: datetime | None, turn: int, who: str, text: str
) -> Claim:
    """A claim whose statement is its quote: what is told has no other words."""
    side = Side.CUSTOMER if field in CUSTOMER_FIELDS else Side.VENDOR
    quote = Evidence(
        source_id=source,
        turn=turn,
        start=0,
        end=len(text),
        quote=text,
        speaker=who,
        side=side,
        at_s=None,
        sent_at=at,
    )
    plain = Claim(
        id=name,
        field=field,
        statement=text,
        state=ClaimState.ACTIVE,
        version=1,
        pinned=False,
        confidence=0.9,
        stated_at=at,
        evidence=(quote,),
    )
    if field != WHAT_WAS_PROMISED:
        return plain
    return Promise(
        **dict(plain),
        promised_by=who,
        promised_to=None,
        due=None,
        contract=ContractStatus.NO_CONTRACT,
        contract_evidence=(),
        promise_state=PromiseState.OPEN,
    )
