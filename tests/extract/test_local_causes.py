"""One sentence for each cause of a miss, in words that no labelled document has."""

import pytest

from schemas.claim import SUCCESS_IN_THEIR_WORDS, WHAT_WAS_PROMISED, WHY_THEY_BOUGHT
from schemas.source import Side, Turn
from service.extract.local.extract import extract

VENDOR, CUSTOMER = Side.VENDOR, Side.CUSTOMER
PROMISE, WHY, SUCCESS = WHAT_WAS_PROMISED, WHY_THEY_BOUGHT, SUCCESS_IN_THEIR_WORDS


def fields(*said: tuple[Side, str]) -> list[str]:
    turns = [
        Turn(turn=at, speaker=side.value, side=side, side_rule="stated", text=text)
        for at, (side, text) in enumerate(said)
    ]
    return [draft.field for draft in extract(turns)]


@pytest.mark.parametrize(
    ("said", "expected", "cause"),
    [
        ("We will not publish your name without asking you.", [PROMISE], "an assurance"),
        ("We will not commit to a launch day.", [], "a refusal"),
        ("We can't promise June, but we'll test it with your files.", [PROMISE], "a concession"),
        ("You'll have visibility into every silo.", [], "what the product shows"),
        ("You'll have the silo plan on Tuesday.", [PROMISE], "what the customer gets"),
        ("Maybe we'll find the leak, too.", [], "no more than maybe"),
        ("If we can't do better I'll eat my hat.", [], "a figure of speech"),
        ("Siloview will detect the leak by itself.", [], "what the product does"),
        ("Oskar from logistics will call you before noon.", [PROMISE], "a colleague"),
        ("If it were up to me I'd give you a discount.", [], "not in the speaker's hands"),
        ("We'll take care of the old tanks for you.", [PROMISE], "care is taken of something"),
    ],
)
def test_what_a_vendor_binds(said: str, expected: list[str], cause: str) -> None:
    assert fields((VENDOR, said)) == expected, cause


@pytest.mark.parametrize(
    ("said", "expected", "cause"),
    [
        ("I want to avoid another flooded cellar.", [SUCCESS], "a wish to be rid of a pain"),
        ("I'd like to discuss the flooded cellar.", [], "a wish to talk"),
        ("The pump is old and needs replacing, it stalls every week.", [WHY], "it needs mending"),
        ("Nobody may open the valve but the foreman.", [SUCCESS], "a norm"),
        ("We won't move to another pump maker.", [SUCCESS], "a limit"),
        ("I'm looking for a pump that a child can start.", [SUCCESS], "a wish of one person"),
        ("What tipped it was your spare parts service.", [WHY], "the reason for choosing"),
        ("Your quote is a lot of money for a pump.", [], "an objection to the price"),
        ("We have to be dry by the end of March.", [SUCCESS], "a date to meet"),
    ],
)
def test_what_a_customer_means(said: str, expected: list[str], cause: str) -> None:
    assert fields((CUSTOMER, said)) == expected, cause


def test_an_offer_put_as_a_question_counts_once_it_is_taken_up() -> None:
    offer = (VENDOR, "Shall I send you the drawings of the small pump?")
    assert fields(offer, (CUSTOMER, "Yes, please.")) == [PROMISE]
    assert fields(offer, (CUSTOMER, "No, we have those.")) == []


def test_an_adviser_who_greets_like_a_hotline_is_none() -> None:
    greeting = (VENDOR, "Good morning! How can I help you today?")
    said = (CUSTOMER, "I want to make sure that the pension lasts.")
    number = (VENDOR, "May I have your account number?")
    assert fields(greeting, said) == [SUCCESS]
    assert fields(greeting, number, said) == []


def test_a_short_line_of_a_list_ends_with_the_line() -> None:
    mail = "- You can leave at any time\n- We bring the pump on Monday\nGood luck to all of you"
    turn = Turn(turn=0, speaker="a", side=VENDOR, side_rule="stated", text=mail)
    assert [draft.quote for draft in extract([turn])] == [
        "- You can leave at any time",
        "- We bring the pump on Monday",
    ]
