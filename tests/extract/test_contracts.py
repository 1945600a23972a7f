"""A promise held against contracts: every case, what is shown of both sides, and no guess."""

import time
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.contracts.cases import Case, Outcome, Split, contracts_of, outcomes, read
from schemas.claim import ContractStatus, Span
from schemas.source import Side, Turn
from service.extract.contracts.clauses import cut
from service.extract.contracts.comparing import Why
from service.extract.contracts.figures import figures_of
from service.extract.contracts.verdicts import Contract, Promise, Verdict, judge

CASES = [case for split in Split if split is not Split.BLIND for case in read(split)]
PROMISED_AT = (Span(turn=4, start=10, end=60),)


def promise(text: str, said_on: date | None = None) -> Promise:
    return Promise(text, PROMISED_AT, said_on)


def contract(*texts: str, ref: str = "terms") -> Contract:
    turns = [
        Turn(turn=at, speaker=None, side=Side.UNKNOWN, side_rule="contract", text=text)
        for at, text in enumerate(texts)
    ]
    return Contract(ref, turns)


def verdict(said: str, *texts: str) -> Verdict:
    (only,) = judge([promise(said)], [contract(*texts)])
    return only


def shown(found: Verdict, of: Contract) -> list[str]:
    return [of.turns[one.turn].text[one.start : one.end] for one in found.contract]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_case_comes_out_as_it_must(case: Case) -> None:
    (found,) = outcomes([case])
    assert found.is_right, f"{case.reason} -> {found.verdict.status} {found.verdict.why}"


def test_a_wrong_status_and_a_wrong_clause_are_no_right_outcome() -> None:
    (found,) = outcomes([case for case in CASES if case.name == "other-amount"])
    other = found.verdict._replace(status=ContractStatus.IN)
    assert not Outcome(found.case, other, found.shown).is_right
    assert not Outcome(found.case, found.verdict, "another clause").is_right


def test_the_names_of_cases_are_their_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 25
    assert all(case.reason for case in CASES)


def test_both_sides_show_where_they_stand() -> None:
    of = contract("Support", "Provider shall respond to tickets within 8 hours. Fees are due.")
    (found,) = judge([promise("We respond to tickets within 2 hours.")], [of])
    assert (found.status, found.why, found.ref) == ("contradicts", Why.AMOUNT, "terms")
    assert found.promise == PROMISED_AT
    assert shown(found, of) == ["Provider shall respond to tickets within 8 hours."]


def test_of_a_list_the_line_that_denies_it_is_shown_too() -> None:
    of = contract("The following are not included:", "- data migration", "- printed manuals")
    (found,) = judge([promise("Data migration is part of the package.")], [of])
    assert found.status is ContractStatus.CONTRADICTS
    assert shown(found, of) == ["The following are not included:", "- data migration"]


def test_a_definition_is_shown_beside_the_clause_that_uses_it() -> None:
    meaning = '"Uptime Target" means platform uptime of 99.9%.'
    of = contract(meaning, "Provider shall meet the Uptime Target.")
    (found,) = judge([promise("Platform uptime is 99.9%.")], [of])
    assert found.status is ContractStatus.IN
    assert shown(found, of) == ["Provider shall meet the Uptime Target.", meaning]


def test_without_a_contract_nothing_is_missing_from_it() -> None:
    (found,) = judge([promise("We will send the report.")], [])
    assert (found.status, found.contract) == (ContractStatus.NO_CONTRACT, ())


def test_the_order_of_contracts_and_promises_changes_nothing() -> None:
    terms = contract("Provider warrants platform uptime of 99.5%.", ref="terms")
    order = contract("Provider shall train 12 agents.", ref="order form")
    plan = contract("The pilot starts on May 4, 2026.", ref="plan")
    said = [promise("We will train 12 agents."), promise("Platform uptime is 99.9%.")]
    forward = {judge(said, [*some]) for some in permutations([terms, order, plan])}
    assert len(forward) == 1
    assert judge(said[::-1], [terms, order, plan]) == forward.pop()[::-1]


def test_contracts_that_disagree_leave_it_to_a_person() -> None:
    terms = contract("Provider warrants platform uptime of 99.5%.", ref="terms")
    order = contract("Provider guarantees platform uptime of 99.9%.", ref="order form")
    (found,) = judge([promise("Platform uptime is 99.9%.")], [terms, order])
    assert (found.status, found.why, found.ref) == ("not_in", Why.BOTH_WAYS, "terms")


@pytest.mark.parametrize(
    ("clause", "status"),
    [
        ("Provider shall migrate the archive by March 3, 2026.", "in"),
        ("Provider shall migrate the archive by March 4, 2026.", "contradicts"),
        ("Provider shall migrate the archive.", "not_in"),
        ("Provider shall migrate the archive by March 3, 2026, if Customer pays.", "not_in"),
        ("Provider shall not migrate the archive.", "contradicts"),
        ("Provider may migrate the archive by March 3, 2026.", "contradicts"),
        ("The archive may be migrated by March 3, 2026.", "not_in"),
        ("Customer shall migrate the archive by March 3, 2026.", "contradicts"),
        ("Provider shall be liable for migrating the archive by March 3, 2026.", "not_in"),
    ],
)
def test_one_word_of_a_clause_decides(clause: str, status: str) -> None:
    said = promise("We will migrate the archive by March 3.", date(2026, 1, 9))
    (found,) = judge([said], [contract(clause)])
    assert found.status == status, found.why


@pytest.mark.parametrize(
    ("said", "clause"),
    [
        (  # denied is another deed on the same thing
            "We will keep call recordings for you.",
            "Provider shall not disclose call recordings.",
        ),
        (  # what the "but" denies is not the thing
            "We will migrate the call archive.",
            "Provider shall migrate the call archive but not migrate call metadata.",
        ),
        (  # a month and a year are not compared
            "Premium hosting costs 4,800 EUR per year.",
            "Premium hosting is charged at EUR 400 per month.",
        ),
        (  # another product
            "Call recordings flow into Hubspot notes, transcripts and tasks.",
            "Call recordings do not flow into Salesforce notes, transcripts and tasks.",
        ),
        (  # one matter of many
            "We will test backups.",
            "We do not test backups, routers, switches, cables, alarms, doors, fans or keys.",
        ),
    ],
)
def test_in_doubt_nothing_is_contradicted(said: str, clause: str) -> None:
    assert verdict(said, clause).status is ContractStatus.NOT_IN


def test_words_that_stand_everywhere_hold_nothing() -> None:
    texts = [f"Provider shall protect platform data of kind {kind}." for kind in "ABCDEFGHIJ"]
    assert verdict("We will protect platform data.", *texts).why is Why.NOT_FOUND
    assert verdict("We will protect platform data.", texts[0]).status is ContractStatus.IN


def test_a_clause_keeps_long_sentences_and_their_places() -> None:
    text = "Provider shall answer within four (4) hours and, where Customer asks, " + "again " * 60
    turn = contract(text + "by phone.\nFees are due.").turns[0]
    clauses = cut([turn])
    assert [turn.text[one.spans[0].start : one.spans[0].end] for one in clauses] == [
        text + "by phone.",
        "Fees are due.",
    ]


def test_a_heading_ends_a_list() -> None:
    texts = ("Exclusions:", "- manuals", "Annex A", "Provider shall send manuals.")
    assert [one.lead for one in cut(contract(*texts).turns)] == ["Exclusions", ""]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("EUR 1.250,50", "eur", "1250.50"),
        ("$40k", "usd", "40000"),
        ("1,500 euros", "eur", "1500"),
        ("£2 million", "gbp", "2000000"),
        ("99.999%", "percent", "99.999"),
        ("thirty (30) days", "hours", "720"),
        ("one year", "months", "12"),
        ("twice a year", "count", "2"),
        ("10,000 API calls", "count", "10000"),
    ],
)
def test_a_figure_is_read_however_it_is_written(text: str, kind: str, value: str) -> None:
    assert [(one.kind, one.value) for one in figures_of(text)] == [(kind, Decimal(value))]


@pytest.mark.parametrize("text", ["Section 4 applies", "on March 3 the", "in 2026 the", "v2.5 is"])
def test_what_counts_nothing_is_no_figure(text: str) -> None:
    assert figures_of(text) == ()


@given(st.text(max_size=200), st.text(max_size=400))
def test_any_text_gets_a_verdict_whose_spans_stand_in_it(said: str, text: str) -> None:
    of = contract(text)
    (found,) = judge([promise(said)], [of])
    assert found.promise == PROMISED_AT
    assert all(0 <= one.start < one.end <= len(text) for one in found.contract)


@pytest.mark.parametrize(
    "bad",
    ["1,", "(1) ", " ", '"a', "may ", "no fee ", "customer shall ", "a:\n", "a: b; ", "One fee. "],
)
def test_time_grows_with_the_length_of_a_contract(bad: str) -> None:
    said = [promise("The setup fee is waived.")]

    def seconds(size: int) -> float:
        started = time.process_time()
        judge(said, [contract("x " + bad * (size // len(bad)))])
        return time.process_time() - started

    seconds(1_000)
    small, large = (min(seconds(size) for _ in range(3)) for size in (8_000, 32_000))
    assert large < 8 * small + 0.1


def test_a_contract_is_read_as_its_upload_would_be() -> None:
    (of,) = contracts_of("1. Fees\n\nName: the fee is EUR 5.\n\nOther: it is due.\n")
    assert [turn.text for turn in of.turns][:1] == ["1. Fees"]
