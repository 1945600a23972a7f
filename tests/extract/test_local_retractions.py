import pytest

from schemas.claim import WHAT_WAS_PROMISED
from schemas.source import Side, Turn
from service.extract.local.extract import extract

VENDOR, CUSTOMER = Side.VENDOR, Side.CUSTOMER


def promised(*said: tuple[Side, str]) -> list[str]:
    turns = [
        Turn(turn=at, speaker=side.value, side=side, side_rule="stated", text=text)
        for at, (side, text) in enumerate(said)
    ]
    return [draft.quote for draft in extract(turns) if draft.field == WHAT_WAS_PROMISED]


STANDS = "I'll bring two spare pumps to the site on Monday."


@pytest.mark.parametrize(
    "said",
    [
        [(VENDOR, f"{STANDS} Scratch that, the van is in the garage.")],
        [(VENDOR, f"{STANDS} Sorry, that's the other site.")],
        [(VENDOR, STANDS), (CUSTOMER, "Good."), (VENDOR, "Sorry, Al, no. The pumps are sold.")],
        [(VENDOR, f"{STANDS} Oh, wait, no. We have none left.")],
    ],
)
def test_what_is_taken_back_is_no_promise(said: list[tuple[Side, str]]) -> None:
    assert promised(*said) == []


@pytest.mark.parametrize(
    "said",
    [
        [(VENDOR, STANDS), (CUSTOMER, "Never mind the noise here.")],
        [(VENDOR, STANDS), (CUSTOMER, "Sorry, that's my dog.")],
        [(VENDOR, f"Scratch that last slide. {STANDS}")],
    ],
)
def test_what_the_other_side_says_takes_nothing_back(said: list[tuple[Side, str]]) -> None:
    assert promised(*said) == [STANDS]


def test_only_the_nearest_words_are_taken_back() -> None:
    first = "I'll send you the pump curves tonight."
    said = f"{first} And you get the valves for free. Actually, no, they are sold out."
    assert promised((VENDOR, said)) == [first]
