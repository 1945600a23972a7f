from hypothesis import given
from hypothesis import strategies as st

from schemas.claim import WHAT_WAS_PROMISED, ClaimState, GroundedClaim, Span
from schemas.source import Side, Turn
from service.retrieve.blocks import blocks
from service.retrieve.passages import Passage, PassageKind, cut
from service.retrieve.pieces import pieces
from service.retrieve.sizes import STRETCHED_WORDS, word_count


def turn(number: int, text: str, speaker: str | None = "Ann") -> Turn:
    return Turn(turn=number, speaker=speaker, side=Side.VENDOR, side_rule="stated", text=text)


def claim(*spans: Span, statement: str = "They get it in May.") -> GroundedClaim:
    return GroundedClaim(
        field=WHAT_WAS_PROMISED,
        statement=statement,
        state=ClaimState.ACTIVE,
        confidence=0.9,
        spans=spans,
    )


def windows(turns: list[Turn]) -> list[Passage]:
    return list(cut(turns, (), customer=None, title=None))


@given(st.lists(st.integers(0, 400), max_size=40))
def test_blocks_partition_the_turns_in_order(sizes: list[int]) -> None:
    turns = [turn(number, "word " * size) for number, size in enumerate(sizes)]
    cut_into = blocks(turns)
    assert [one for block in cut_into for one in block.turns] == turns
    assert [block.number for block in cut_into] == list(range(len(cut_into)))
    for block in cut_into:
        words = sum(word_count(f"{one.speaker}: {one.text}") for one in block.turns)
        assert words <= STRETCHED_WORDS or len(block.turns) == 1


@given(st.lists(st.sampled_from(["we will", "ship it.", "東京都に行く。", "x" * 150, "\n"])))
def test_pieces_hold_every_word_once_and_fit_a_window(parts: list[str]) -> None:
    text = " ".join(parts * 9)
    cut_into = pieces(text)
    joined = "".join(text[piece.start : piece.end] for piece in cut_into)
    assert "".join(joined.split()) == "".join(text.split())
    assert all(word_count(text[slice(*piece)]) <= STRETCHED_WORDS for piece in cut_into)


def test_a_long_turn_is_one_block_of_windows_that_end_with_sentences() -> None:
    long = "We will have the export ready for you in the first week of May. " * 40
    cut_into = windows([turn(0, "Hello. " * 110), turn(1, long), turn(2, "Thanks. " * 110)])
    of_long = [passage for passage in cut_into if passage.first_turn == 1]
    assert len(of_long) >= 4
    assert {passage.block for passage in of_long} == {1}
    assert all(passage.text.endswith("May.") for passage in of_long)
    assert all(f"Ann: {long[p.start : p.end]}" == p.text for p in of_long)


def test_short_turns_are_never_windows_of_their_own() -> None:
    turns = [turn(number, "Yes." if number % 2 else "We agreed " * 30) for number in range(9)]
    assert all(passage.first_turn < passage.last_turn for passage in windows(turns))


def test_speakers_and_head_stand_in_the_embedded_text_only_where_known() -> None:
    (passage,) = cut(
        [turn(0, "We ship in May."), turn(1, "Good.", None)], (), customer="Acme", title=" Kick-off"
    )
    assert passage.text == "Ann: We ship in May.\nGood."
    assert passage.embedded_text == "Acme | Kick-off\nAnn: We ship in May.\nGood."
    assert windows([turn(0, "Hi")])[0].embedded_text == "Ann: Hi"


def test_a_claim_is_a_passage_of_the_block_of_its_first_span() -> None:
    turns = [turn(0, "Hello. " * 120), turn(1, "You get it in May. " * 30)]
    found = cut(turns, [claim(Span(turn=1, start=0, end=17))], customer=None, title=None)
    assert [passage.kind for passage in found].count(PassageKind.CLAIM) == 1
    last = found[-1]
    assert (last.block, last.claim, last.first_turn, last.start, last.end) == (1, 0, 1, 0, 17)
    assert last.text == "They get it in May.\nAnn: You get it in May"


def test_a_statement_that_is_its_quote_stands_once() -> None:
    spans = (Span(turn=0, start=0, end=18),)
    stated = claim(*spans, statement="You get it in May.")
    found = cut([turn(0, "You get it in May.")], [stated], customer=None, title=None)
    assert found[-1].text == "Ann: You get it in May."


def test_a_source_without_turns_has_no_passages() -> None:
    assert cut([], (), customer="Acme", title="Empty") == ()
