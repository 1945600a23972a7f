import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.retrieve.terms import MAX_TERM, question_terms, terms

SPLIT = [
    ("PO-48213 is open", ["po-48213", "po", "48213", "is", "open"]),
    ("$1,250.50!", ["1250.50", "1250", "50"]),
    ("1.250,50 €", ["1250.50", "1250", "50"]),
    ("1.250.000", ["1250000"]),
    ("1,250,000 seats", ["1250000", "seats"]),
    ("18% of 50k", ["18", "of", "50k", "50", "k"]),
    ("SOC2", ["soc2", "soc", "2"]),
    ("v2.3.1", ["v2.3.1", "v", "2", "3", "1"]),
    ("at 10:30.", ["at", "10:30", "10", "30"]),
    ("dana@acme.example", ["dana@acme.example", "dana", "acme", "example"]),
    ("R&D", ["r&d", "r", "d"]),
    ("follow-up--yes", ["follow", "up", "yes"]),
    ("don\u2019t ask the customer's 'plan'", ["don", "ask", "the", "customer", "plan"]),
    ("l'entreprise", ["l", "entreprise"]),
    ("Straße ﬁx \uff21\uff11", ["strasse", "fix", "a1", "a", "1"]),
    ("हिन्दी में ٤٨", ["हिन्दी", "में", "48"]),
    ("soft\u00adhyphen", ["softhyphen"]),
    ("東京都に行く。", ["東京", "京都", "都に", "に行", "行く"]),
    ("价", ["价"]),
    ("... -- !", []),
]


@pytest.mark.parametrize(("text", "expected"), SPLIT)
def test_terms_of(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize("asked", ["po 48213", "PO-48213", "48213", "1250", "$1,250.00", "soc 2"])
def test_a_code_is_found_by_its_whole_and_by_its_parts(asked: str) -> None:
    said = terms("Under PO-48213 you pay $1,250.50 for SOC2.")
    assert set(question_terms(asked)) & set(said)


def test_another_amount_is_another_term() -> None:
    assert not set(terms("3.5 percent")) & {"35"}
    assert "12500" not in terms("$1,250.0")


@given(st.text(max_size=300))
def test_terms_are_short_folded_and_stable(text: str) -> None:
    found = terms(text)
    assert all(0 < len(term) <= MAX_TERM and not term.isspace() for term in found)
    assert found == terms(text)


def test_an_endless_run_is_cut() -> None:
    assert terms("x" * 5000) == ["x" * MAX_TERM]


def test_a_question_loses_its_stop_words_but_never_everything() -> None:
    assert question_terms("What did they promise about the export, the export?") == [
        "promise",
        "export",
    ]
    assert question_terms("who was it") == ["who", "was", "it"]
