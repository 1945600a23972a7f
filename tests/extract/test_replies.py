import json

import pytest

from schemas.claim import FIELDS, WHAT_WAS_PROMISED, WHY_THEY_BOUGHT, Reason
from schemas.reply import Item, Reply
from schemas.source import Side, Turn
from service.extract.gate import LONGEST, admit
from service.extract.replies import MOST_ITEMS, PIECED, PLAIN, drafts_of

GOOD = Item(turn=0, quote="We will ship it by Friday", statement="The vendor ships by Friday.")


def reply(*items: Item, field: str = WHAT_WAS_PROMISED) -> Reply:
    return Reply.model_validate(dict.fromkeys(FIELDS, ()) | {field: items})


def changed(**values: str | None) -> Item:
    return GOOD.model_copy(update=values)


def test_items_become_drafts_with_what_they_say() -> None:
    item = changed(promised_to="Ana", due_text="by Friday")
    (draft,), rejected = drafts_of(reply(item))
    assert (draft.field, draft.quote, draft.due_text) == (
        WHAT_WAS_PROMISED,
        GOOD.quote,
        "by Friday",
    )
    assert (draft.promised_to, draft.statement, rejected) == ("Ana", GOOD.statement, ())


@pytest.mark.parametrize("name", ["quote", "statement", "promised_to", "due_text"])
def test_only_the_item_over_a_length_is_refused(name: str) -> None:
    long = changed(**{name: "a" * (LONGEST + 1)})
    drafts, (rejection,) = drafts_of(reply(changed(**{name: "a" * LONGEST}), long, GOOD))
    assert len(drafts) == 2
    assert rejection.reason is Reason.TOO_LONG
    assert len(rejection.quote) <= LONGEST


def test_items_over_the_number_are_refused_and_listed() -> None:
    many = reply(*[GOOD] * (MOST_ITEMS + 3), field=WHY_THEY_BOUGHT)
    many = many.model_copy(update={WHAT_WAS_PROMISED: (GOOD,)})
    drafts, rejected = drafts_of(many)
    assert len(drafts) == MOST_ITEMS
    assert [each.field for each in rejected] == [WHY_THEY_BOUGHT] * 3 + [WHAT_WAS_PROMISED]


@pytest.mark.parametrize("nothing", [None, "", " ", "null", "None", "N/A"])
def test_a_word_for_nothing_is_nothing(nothing: str | None) -> None:
    (draft,), _ = drafts_of(reply(changed(due_text=nothing, promised_to=nothing)))
    assert (draft.due_text, draft.promised_to) == (None, None)


@pytest.mark.parametrize("bad", ["\x00", "\ud800"])
def test_what_no_database_takes_is_found_nowhere(bad: str) -> None:
    turn = Turn(turn=0, speaker="B", side=Side.VENDOR, side_rule="stated", text=GOOD.quote)
    text = f"We will ship {bad} it by Friday"
    drafts, _ = drafts_of(reply(GOOD.model_copy(update={"quote": text, "statement": text})))
    (rejection,) = admit(drafts, [turn]).rejected
    assert rejection.reason is Reason.NOT_FOUND
    assert bad not in drafts[0].statement + rejection.quote
    json.dumps(rejection.model_dump()).encode()


@pytest.mark.parametrize(
    ("quote", "expected"),
    [(GOOD.quote, PLAIN), ("We ship it", PIECED), ("We will ship it … by next Friday", PIECED)],
)
def test_confidence_is_less_in_short_and_pieced_quotes(quote: str, expected: float) -> None:
    (draft,), _ = drafts_of(reply(changed(quote=quote)))
    assert draft.confidence == expected
