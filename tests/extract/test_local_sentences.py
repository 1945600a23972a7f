from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extract.local.sentences import OVERLONG, PIECE, WINDOW, split


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We tried. It failed!", ["We tried.", "It failed!"]),
        ("Dr. Vega called. Twice.", ["Dr. Vega called.", "Twice."]),
        ("See e.g. the appendix. Fine.", ["See e.g. the appendix.", "Fine."]),
        ("It costs 3.5 percent. Yes.", ["It costs 3.5 percent.", "Yes."]),
        ("Take no. 5 please. No. We tried.", ["Take no. 5 please.", "No.", "We tried."]),
        ("He said “never.” So we left.", ["He said “never.”", "So we left."]),
        ("Ask J. Lind. She knows.", ["Ask J. Lind.", "She knows."]),
        ("Wait… what? Really?!", ["Wait… what?", "Really?!"]),
        ("Steps:\n- one\n- two", ["Steps:", "- one", "- two"]),
        ("1. first thing\n2. second thing", ["1. first thing", "2. second thing"]),
        ("Plan: (1) we send it, (2) you sign", ["Plan:", "(1) we send it,", "(2) you sign"]),
        ("a line that\nwraps around", ["a line that\nwraps around"]),
        ("One paragraph\n\nAnother one", ["One paragraph", "Another one"]),
        ("今天见。明天见。", ["今天见。", "明天见。"]),
        ("... --- ...", []),
        ("", []),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_raw_speech_is_cut_at_clauses() -> None:
    clause = "and then we had to copy every single note into the other system by hand "
    pieces = texts(clause * 12)
    assert len(pieces) > 4
    assert all(piece.startswith("and then we") for piece in pieces)
    assert max(map(len, pieces)) <= PIECE + WINDOW


def test_a_long_sentence_with_marks_stays_whole() -> None:
    text = "We keep the orders, the notes, the calls, the mails, " * 6 + "and the rest."
    assert texts(text) == [text]


def test_nothing_is_longer_than_the_limit() -> None:
    assert max(map(len, texts("word, " * 5_000))) <= OVERLONG
    assert max(map(len, texts("x" * 5_000))) <= OVERLONG


@given(
    st.text(max_size=400)
    | st.lists(st.sampled_from(["a. ", "we ", "\n", "?", "(1) ", "🙂"])).map("".join)
)
def test_sentences_are_slices_in_order_that_lose_no_letter(text: str) -> None:
    sentences = split(text)
    assert all(text[each.start : each.end] == each.text for each in sentences)
    assert all(one.end <= two.start for one, two in pairwise(sentences))
    kept = "".join(each.text for each in sentences)
    assert sum(map(str.isalnum, kept)) == sum(map(str.isalnum, text))
