"""Promises with a contract each, in `held/`; the contracts are read as uploads are."""

import tomllib
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from schemas.claim import ContractStatus, Span
from schemas.source import Kind, Side, Turn
from service.extract.contracts.verdicts import Contract, Promise, Verdict, judge
from service.intake.read import read as read_upload

FOLDER = Path(__file__).parent / "held"


class Split(StrEnum):
    """The files in the order of their writing; on all but the last the rules were mended."""

    DEVELOPED = "developed"
    SECOND = "second"
    THIRD = "third"
    FOURTH = "fourth"
    BLIND = "blind"


class Case(NamedTuple):
    """A promise, a contract, and what must come out; `clause` stands in the evidence."""

    name: str
    reason: str
    promise: Promise
    contracts: tuple[Contract, ...]
    status: ContractStatus
    clause: str


class Outcome(NamedTuple):
    """A case with its verdict and the words that it shows of the contract."""

    case: Case
    verdict: Verdict
    shown: str

    @property
    def is_right(self) -> bool:
        """Whether the status is right and the clause shown is the one."""
        return self.verdict.status is self.case.status and self.case.clause in self.shown


def read(split: Split) -> tuple[Case, ...]:
    """All cases of one file, in its order."""
    told = tomllib.loads((FOLDER / f"{split}.toml").read_text(encoding="utf-8"))
    return tuple(map(_case, told["cases"]))


def _case(case: dict[str, Any]) -> Case:
    text: str = case["promise"]
    said_on: date | None = case.get("said_on")
    return Case(
        name=case["name"],
        reason=case["reason"],
        promise=Promise(text, (Span(turn=0, start=0, end=len(text)),), said_on),
        contracts=contracts_of(case["contract"]),
        status=ContractStatus(case["status"]),
        clause=case.get("clause", ""),
    )


def contracts_of(text: str) -> tuple[Contract, ...]:
    """The contract of a text, as its upload would be read; none where there is no text."""
    if not text:
        return ()
    parsed = read_upload(text.encode(), kind=Kind.CONTRACT)
    turns = [
        Turn(turn=at, speaker=None, side=Side.UNKNOWN, side_rule="contract", text=one.text)
        for at, one in enumerate(parsed.utterances)
    ]
    return (Contract("contract", turns),)


def outcomes(cases: Sequence[Case]) -> tuple[Outcome, ...]:
    """Each case judged by itself."""
    return tuple(map(_outcome, cases))


def _outcome(case: Case) -> Outcome:
    (verdict,) = judge([case.promise], case.contracts)
    turns = [turn for contract in case.contracts for turn in contract.turns]
    texts = [turns[one.turn].text[one.start : one.end] for one in verdict.contract]
    return Outcome(case, verdict, " … ".join(texts))


def crossed(cases: Sequence[Case]) -> tuple[Verdict, ...]:
    """Each promise against the contract of every other case: nearly all are about other things."""
    promises = [case.promise for case in cases]
    return tuple(
        verdict
        for case in cases
        if case.contracts
        for promise, verdict in zip(promises, judge(promises, case.contracts), strict=True)
        if promise != case.promise
    )
