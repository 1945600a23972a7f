from schemas.claim import (
    CUSTOMER_COMMITMENTS,
    FIELDS,
    SUCCESS_IN_THEIR_WORDS,
    WHAT_WAS_PROMISED,
    WHY_THEY_BOUGHT,
    Absence,
    ClaimState,
    GroundedClaim,
    Span,
)
from schemas.source import Side, Turn
from service.extract.absence import absences


def talk(*said: tuple[Side, str]) -> list[Turn]:
    return [
        Turn(turn=at, speaker=None, side=side, side_rule="stated", text=text)
        for at, (side, text) in enumerate(said)
    ]


def claim(state: ClaimState) -> GroundedClaim:
    return GroundedClaim(
        field=WHY_THEY_BOUGHT,
        statement="It takes days",
        state=state,
        confidence=0.7,
        spans=(Span(turn=0, start=0, end=13),),
    )


SMALL_TALK = talk((Side.VENDOR, "Lovely weather."), (Side.CUSTOMER, "It is."))


def test_silence_is_not_discussed() -> None:
    assert absences(SMALL_TALK, []) == dict.fromkeys(FIELDS, Absence.NOT_DISCUSSED)


def test_no_turns_at_all_is_not_discussed() -> None:
    assert set(absences([], []).values()) == {Absence.NOT_DISCUSSED}


def test_a_question_without_an_answer_is_asked() -> None:
    turns = talk((Side.VENDOR, "What does success look like?"), (Side.CUSTOMER, "Good question."))
    found = absences(turns, [])
    assert found[SUCCESS_IN_THEIR_WORDS] is Absence.ASKED_NOT_ANSWERED
    assert found[WHY_THEY_BOUGHT] is Absence.NOT_DISCUSSED


def test_a_promise_is_asked_for_by_the_customer() -> None:
    asks = "Can you migrate our tickets?"
    by_customer = talk((Side.CUSTOMER, asks), (Side.VENDOR, "Hm."))
    by_vendor = talk((Side.VENDOR, asks), (Side.CUSTOMER, "Hm."))
    assert absences(by_customer, [])[WHAT_WAS_PROMISED] is Absence.ASKED_NOT_ANSWERED
    assert absences(by_vendor, [])[WHAT_WAS_PROMISED] is Absence.NOT_DISCUSSED


def test_turns_left_out_are_not_read() -> None:
    found = absences(SMALL_TALK, [], uncovered_turns={1})
    assert set(found.values()) == {Absence.NOT_READ}


def test_nobody_known_is_speaker_unknown() -> None:
    found = absences(talk((Side.UNKNOWN, "Hello."), (Side.VENDOR, "Hi.")), [])
    assert found[WHY_THEY_BOUGHT] is Absence.SPEAKER_UNKNOWN
    assert found[CUSTOMER_COMMITMENTS] is Absence.SPEAKER_UNKNOWN
    assert found[WHAT_WAS_PROMISED] is Absence.NOT_DISCUSSED


def test_a_standing_claim_is_no_absence() -> None:
    assert WHY_THEY_BOUGHT not in absences(SMALL_TALK, [claim(ClaimState.ACTIVE)])
    assert WHY_THEY_BOUGHT not in absences(SMALL_TALK, [claim(ClaimState.UNATTRIBUTED)])


def test_a_retracted_claim_leaves_the_field_absent() -> None:
    assert WHY_THEY_BOUGHT in absences(SMALL_TALK, [claim(ClaimState.RETRACTED)])
