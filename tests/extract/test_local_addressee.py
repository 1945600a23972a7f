import pytest

from schemas.source import Side, Turn
from service.extract.local.extract import extract

SPEAKERS = ("Mara Lindqvist | Wayfold", "Anita Bhatt", "Ray Castellano (Garage)", "Ray Moss")


def promised_to(text: str, *, names: tuple[str, ...] = ()) -> str | None:
    turns = [
        Turn(turn=at, speaker=name, side=Side.UNKNOWN, side_rule="unknown", text="Good morning.")
        for at, name in enumerate(SPEAKERS)
    ]
    turns[0] = turns[0].model_copy(update={"side": Side.VENDOR, "text": text})
    (draft,) = extract(turns, names=names)
    return draft.promised_to


@pytest.mark.parametrize(
    "text",
    [
        "Anita, I will send the agreement on Friday.",
        "And Anita, on that, we will replace it within two days.",
        "I'll send Anita the list of names tomorrow.",
        "I'll send the list of names to Anita tomorrow.",
        "I'll send the agreement on Friday, Anita.",
        "Hi Anita,\n\nI will send the agreement on Friday.",
    ],
)
def test_the_one_who_is_addressed_by_name(text: str) -> None:
    assert promised_to(text) == "Anita Bhatt"


@pytest.mark.parametrize(
    "text",
    [
        "I'll send the agreement on Friday.",
        "Ray, I will send the agreement on Friday.",
        "Denise, I will send the agreement on Friday.",
        "I'll send the list that Anita made tomorrow.",
        "Hi Anita, hi Denise,\n\nI will send the agreement on Friday.",
        "I'll send Anita and Moss the list tomorrow, Moss.",
    ],
)
def test_nobody_where_it_is_not_said_or_not_clear(text: str) -> None:
    assert promised_to(text) is None


def test_a_participant_who_does_not_speak_can_be_named() -> None:
    text = "Denise, I will send the agreement on Friday."
    assert promised_to(text, names=("Denise Pruitt",)) == "Denise Pruitt"
