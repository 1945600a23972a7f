import string
from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.claim import (
    CUSTOMER_COMMITMENTS,
    SUCCESS_IN_THEIR_WORDS,
    WHAT_WAS_PROMISED,
    WHY_THEY_BOUGHT,
)
from schemas.source import Side, Turn
from service.extract.local.extract import CAP, extract

CUSTOMER, VENDOR, UNKNOWN = Side.CUSTOMER, Side.VENDOR, Side.UNKNOWN


def talk(*said: tuple[Side, str]) -> list[Turn]:
    return [
        Turn(turn=at, speaker=side.value, side=side, side_rule="stated", text=text)
        for at, (side, text) in enumerate(said)
    ]


def found(*said: tuple[Side, str]) -> list[tuple[str, str]]:
    return [(draft.field, draft.quote) for draft in extract(talk(*said))]


def test_an_answer_takes_its_meaning_from_the_question() -> None:
    question = (VENDOR, "What is an acceptable error rate for the booking flow?")
    answer = "Maybe half a percent, at most 1% on a bad day."
    assert found(question, (CUSTOMER, answer)) == [(SUCCESS_IN_THEIR_WORDS, answer)]
    assert found((VENDOR, "Nice weather."), (CUSTOMER, answer)) == []


def test_a_vendor_answers_how_long_it_takes() -> None:
    question = (CUSTOMER, "How long does the migration take?")
    answer = (VENDOR, "About three weeks.")
    assert found(question, answer) == [(WHAT_WAS_PROMISED, "About three weeks.")]
    assert found((CUSTOMER, "We sit in Lisbon."), answer) == []


def test_an_offer_counts_once_it_is_taken_up() -> None:
    offer = "I can send you our security paper."
    assert found((VENDOR, offer), (CUSTOMER, "Please do.")) == [(WHAT_WAS_PROMISED, offer)]
    assert found((VENDOR, offer), (CUSTOMER, "No need, thanks.")) == []
    assert found((VENDOR, offer)) == []


def test_a_question_is_not_asked_by_the_answering_side() -> None:
    own = (CUSTOMER, "What would an acceptable error rate be? At most 1% on a bad day.")
    assert found(own) == []


def test_sides_decide_the_field() -> None:
    text = "I'll send the network diagram tomorrow."
    assert found((VENDOR, text)) == [(WHAT_WAS_PROMISED, text)]
    assert found((CUSTOMER, text)) == [(CUSTOMER_COMMITMENTS, text)]


def test_a_short_sentence_after_it_completes_a_claim() -> None:
    text = "I'll send the revised order form. By Friday noon. How is the weather?"
    (draft,) = extract(talk((VENDOR, text)))
    assert draft.quote == "I'll send the revised order form. By Friday noon."
    assert draft.due_text == "By Friday"


def test_a_lead_in_keeps_its_list_up_to_the_cap() -> None:
    items = "\n".join(f"- export number {number} in two formats" for number in range(30))
    (draft,) = extract(talk((VENDOR, f"We'll deliver the following:\n{items}")))
    assert draft.quote.count("\n- ") >= 3
    assert len(draft.quote) <= CAP


def test_a_monologue_gives_sentences_never_the_whole() -> None:
    filler = "The office is in the old harbour and people like it there. "
    (draft,) = extract(talk((VENDOR, filler * 20 + "I'll send the plan today. " + filler * 20)))
    assert draft.quote == "I'll send the plan today."


def test_the_same_thing_twice_keeps_the_wording_with_the_date() -> None:
    dated = "I'll send the signed pilot agreement by Friday."
    drafts = found((VENDOR, "I'll send the signed pilot agreement."), (VENDOR, dated))
    assert drafts == [(WHAT_WAS_PROMISED, dated)]


def test_a_promise_that_moved_stays_beside_the_first() -> None:
    first = "We'll deliver the Salesforce connector by March 3."
    moved = "We'll deliver the Salesforce connector by June 9."
    assert [quote for _, quote in found((VENDOR, first), (VENDOR, moved))] == [first, moved]


def test_a_service_call_complains_about_what_was_bought() -> None:
    complaint = "My exports keep failing and I'm stuck."
    opening = (VENDOR, "Thank you for calling the help desk, how can I help you?")
    assert found(opening, (CUSTOMER, complaint)) == []
    assert found((CUSTOMER, complaint)) == [(WHY_THEY_BOUGHT, complaint)]


@pytest.mark.parametrize(
    "said",
    [
        [],
        [(CUSTOMER, "")],
        [(VENDOR, "Hi, can you hear me?"), (CUSTOMER, "Yes. Hi."), (VENDOR, "Great weather.")],
        [(UNKNOWN, "one two three four five six seven")],
        [(VENDOR, "Let me share my screen."), (CUSTOMER, "I see it, looks nice.")],
    ],
)
def test_nothing_is_found_where_nothing_is_said(said: list[tuple[Side, str]]) -> None:
    assert found(*said) == []


INCIDENT = "In May the judge came to the yard and he wrote us up for nine items."


def test_an_incident_told_early_is_a_why_without_any_ask() -> None:
    rest = (CUSTOMER, "The office is in the old harbour. " * 10)
    assert found((CUSTOMER, INCIDENT), rest) == [(WHY_THEY_BOUGHT, INCIDENT)]
    (early,) = extract(talk((CUSTOMER, INCIDENT), rest))
    late = extract(talk(rest, (CUSTOMER, INCIDENT)))
    assert all(draft.confidence < early.confidence for draft in late)


def test_a_story_answers_why_across_nods() -> None:
    story = "In spring we sold the same room to two families on one weekend."
    said = ((VENDOR, "Why now?"), (CUSTOMER, "Well."), (VENDOR, "Go on."), (CUSTOMER, story))
    assert found(*said) == [(WHY_THEY_BOUGHT, story)]
    assert found(*said[1:]) == []


def test_the_arrival_date_in_the_next_sentence_belongs_to_the_promise() -> None:
    text = "I'll send you the cold report. You'll have it tomorrow."
    (draft,) = extract(talk((VENDOR, text)))
    assert (draft.quote, draft.due_text) == (text, "tomorrow")


def test_the_date_of_a_condition_is_not_the_due_date() -> None:
    text = "If you send the file by June 3, we'll load it by June 9."
    (draft,) = extract(talk((VENDOR, text)))
    assert draft.due_text == "by June 9"


def test_a_list_of_conditions_is_success() -> None:
    text = "Our conditions:\n- Any file within one hour.\n- Nothing leaves the building."
    assert {field for field, _ in found((CUSTOMER, text))} == {SUCCESS_IN_THEIR_WORDS}


def test_text_of_a_source_is_never_a_pattern() -> None:
    hostile = "I'll send (the [report.* by \\d+ ((( Friday."
    assert found((VENDOR, hostile)) == [(WHAT_WAS_PROMISED, hostile)]


PIECES = st.sampled_from(
    [
        *(
            "I'll send it",
            "we need",
            "that\N{RIGHT SINGLE QUOTATION MARK}s why we",
            "by Friday",
            "?",
            ". ",
            "\n- ",
            "\n\n",
            ":\n",
        ),
        *(
            "e.g. ",
            "3.5 ",
            "(1) ",
            "…",
            "“",
            "日本語。",
            "🙂",
            "not ",
            "in two weeks",
            "  ",
            "Dr. ",
        ),
    ]
)
TEXTS = st.lists(PIECES | st.text(string.printable, max_size=12), max_size=40).map("".join)
TURNS = st.lists(st.tuples(st.sampled_from(list(Side)), TEXTS), max_size=6)


@settings(max_examples=150, deadline=None)
@given(TURNS)
def test_quotes_stand_in_their_turn_and_runs_are_equal(said: list[tuple[Side, str]]) -> None:
    turns = talk(*said)
    drafts = extract(turns)
    assert drafts == extract(turns)
    for draft in drafts:
        assert draft.quote in turns[draft.turn].text
        assert draft.statement == " ".join(draft.quote.split())
        assert draft.due_text is None or draft.due_text in draft.quote
        assert 0 < draft.confidence <= 1


HOSTILE = [
    "i'll ",
    "we need a ",
    "a. ",
    "....",
    "(1) ",
    "by Friday ",
    "'s- ",
    "\n- ",
    "if you it's a ",
]


@pytest.mark.timeout(60)
def test_a_megabyte_of_everything_hostile_comes_back() -> None:
    """A pattern that is not linear would need hours for one of these stretches."""
    units = cycle(HOSTILE)
    text = "".join((next(units) * 40_000)[:40_000] for _ in range(25))
    assert len(text) == 1_000_000
    drafts = extract(talk((VENDOR, text)))
    assert all(draft.quote in text for draft in drafts)
