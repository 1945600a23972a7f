import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.claim import FIELDS, WHAT_WAS_PROMISED
from schemas.reply import Item, Reply
from schemas.source import Side, Turn
from service.extract.gate import admit
from service.extract.redact import Redacted, redact, restore, restore_reply
from service.extract.redact_find import Secret, find_secrets
from service.extract.replies import drafts_of

SECRETS = (
    "ana.ruiz+crm@mail.example.co.uk",
    "+49 30 901820-11",
    "(415) 555-0123",
    "4111 1111 1111 1111",
    "DE89 3704 0044 0532 0130 00",
    "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
)


def turns(*texts: str, speaker: str = "Ana Ruiz") -> list[Turn]:
    return [
        Turn(turn=at, speaker=speaker, side=Side.VENDOR, side_rule="stated", text=text)
        for at, text in enumerate(texts)
    ]


def sent(text: str, *names: str) -> str:
    return redact(turns(text), names=names).turns[0].text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Write to ana@mail.example, please.", "Write to [MAIL_1], please."),
        ("a@b.example and c@d.example, a@b.example", "[MAIL_1] and [MAIL_2], [MAIL_1]"),
        ("Call +1 (415) 555-0123.", "Call [PHONE_1]."),
        ("Ring 020 7946 0958 or 06 12 34 56 78!", "Ring [PHONE_1] or [PHONE_2]!"),
        ("+44 20 7946 0958 2026 people", "[PHONE_1] 2026 people"),
        ("(+1 415 555 0123 ext. 12)", "([PHONE_1])"),
        ("my mobile is 5550123 now", "my mobile is [PHONE_1] now"),
        ("card 4111-1111-1111-1111 ok", "card [CARD_1] ok"),
        ("pay to GB29NWBK60161331926819 now", "pay to [IBAN_1] now"),
        ("IBAN FR14 2004 1010 0505 0001 3M02 606 THANKS", "IBAN [IBAN_1] THANKS"),
        ("the password: hunter2secret, ok", "the password: [TOKEN_1], ok"),
        ("key AKIAIOSFODNN7EXAMPLE here", "key [TOKEN_1] here"),
        ("[a@b.example]", "[[MAIL_1]]"),
    ],
)
def test_what_is_found_gets_a_label(text: str, expected: str) -> None:
    assert sent(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "card 4111 1111 1111 1112 has a wrong last digit",
        "GB29NWBK60161331926818 has a wrong sum",
        "on 03.03.2026 at 10:30, or 2026-03-03 15:00",
        "03/03/2026 10 people came",
        "we pay 1,250,000.00 EUR, or 12 000 000 a year",
        "version 10.0.0.12 build 2026.03.1",
        "order 4500012345 with 40 items at 12.50 each",
        "see docs/decisions/0001-embedded-postgres for it",
        "between 2019 and 2026 we grew 35 % and lost 40 orders",
    ],
)
def test_what_only_looks_alike_stays(text: str) -> None:
    assert sent(text) == text


def test_names_go_only_where_they_are_given_and_as_whole_words() -> None:
    text = "Will Hope will hope, Hopeless said Will's sister."
    assert sent(text) == text
    assert sent(text, "Will Hope") == "[PERSON_1] will hope, Hopeless said [PERSON_2]'s sister."


def test_speakers_are_redacted_too() -> None:
    redacted = redact(turns("Hi.", speaker="Ana Ruiz"), names=["Ana Ruiz"])
    assert redacted.turns[0].speaker == "[PERSON_1]"


def test_a_label_that_the_text_holds_already_is_not_given_out() -> None:
    text = "[MAIL_1] and MAIL_2 stood there before a@b.example came"
    redacted = redact(turns(text, "MAIL_34 too"))
    assert redacted.originals == {"MAIL_4": "a@b.example"}
    assert restore(redacted.turns[0].text, redacted) == text


def test_a_label_without_brackets_or_of_nothing() -> None:
    redacted = redact(turns("write to a@b.example"))
    assert restore("MAIL_1, [MAIL_9], EMAIL_1", redacted) == "a@b.example, [MAIL_9], EMAIL_1"


def test_what_is_put_back_is_not_read_again() -> None:
    redacted = Redacted(turns=(), originals={"MAIL_1": "[MAIL_2]", "MAIL_2": "x"})
    assert restore("[MAIL_1]", redacted) == "[MAIL_2]"


def test_a_quote_stands_in_the_stored_turn_once_it_is_put_back() -> None:
    stored = turns("Sure, I will send it to ana@mail.example by Friday.")
    redacted = redact(stored)
    item = Item(turn=0, quote="I will send it to [MAIL_1] by Friday", statement="To [MAIL_1].")
    reply = Reply.model_validate(dict.fromkeys(FIELDS, ()) | {WHAT_WAS_PROMISED: (item,)})
    assert admit(drafts_of(reply)[0], stored).claims == ()
    (claim,) = admit(drafts_of(restore_reply(reply, redacted))[0], stored).claims
    assert claim.statement == "To ana@mail.example."


def test_nothing_that_was_taken_out_is_printed() -> None:
    redacted = redact(turns(f"{SECRETS[0]} {SECRETS[1]}"))
    assert not any(secret in repr(redacted) for secret in SECRETS)


PIECES = st.one_of(
    st.sampled_from([*SECRETS, "MAIL_1", "[PHONE_1]", "PERSON_", "1", "Ana", "Ruiz", " ", "["]),
    st.text(max_size=6),
)


@given(st.lists(st.lists(PIECES, max_size=8).map("".join), max_size=4), st.booleans())
def test_the_way_out_and_back_changes_nothing(texts: list[str], named: bool) -> None:  # noqa: FBT001 - a parameter of the test
    stored = turns(*texts)
    redacted = redact(stored, names=["Ana Ruiz"] if named else [])
    back = [restore(turn.text, redacted) for turn in redacted.turns]
    assert back == texts


@given(st.lists(PIECES, max_size=10).map("".join))
def test_places_are_in_order_and_apart(text: str) -> None:
    places = find_secrets(text, names=["Ana"])
    assert all(one.end <= two.start for one, two in pairwise(places))
    assert all(place.start < place.end <= len(text) for place in places)
    assert {place.kind for place in places} <= set(Secret)


@pytest.mark.parametrize(
    "unit",
    ["a", "1", "1 ", "1-", "0", "+1", "a@", "a.", "A1", "GB29 ", "eyJa.", "sk-", "((", "token "],
)
def test_long_texts_of_anything_are_read_in_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    started = time.process_time()
    find_secrets(text)
    assert time.process_time() - started < 5
