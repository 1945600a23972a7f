import pytest

from evals.extraction import cases
from evals.extraction.documents import Document, Unplaced, places
from evals.suite.reading import locally
from schemas.claim import CUSTOMER_COMMITMENTS, FIELDS, WHY_THEY_BOUGHT


@pytest.fixture(scope="module")
def invented() -> tuple[Document, ...]:
    return cases.read()


def fields_of(case: Document) -> list[str]:
    return [claim.field for claim in locally(case.turns).admission.claims]


def test_the_cases_have_labels_for_every_field(invented: tuple[Document, ...]) -> None:
    assert len(invented) >= 14
    for field in FIELDS:
        assert sum(len(case.items[field]) for case in invented) >= 10, field


@pytest.mark.parametrize("name", ["cold_call_nothing", "support_complaint", "status_internal"])
def test_no_reason_is_found_where_none_is_given(invented: tuple[Document, ...], name: str) -> None:
    (case,) = [case for case in invented if case.name == name]
    assert WHY_THEY_BOUGHT not in fields_of(case)


def test_talk_about_the_talk_commits_nobody(invented: tuple[Document, ...]) -> None:
    (case,) = [case for case in invented if case.name == "foundry_pilot"]
    assert fields_of(case).count(CUSTOMER_COMMITMENTS) == 1


def test_a_label_that_stands_nowhere_is_an_error(invented: tuple[Document, ...]) -> None:
    with pytest.raises(Unplaced):
        places("nobody ever said this", invented[0].turns)
