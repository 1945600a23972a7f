from itertools import chain
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from schemas.claim import Admission, Draft, GroundedClaim
from schemas.source import Side, Turn
from service.extract.gate import admit
from service.extract.negation import clauses_of
from service.extract.tokens import tokens_of

ODD_CHARACTERS = "ab c([{\\%$^*+?.|)-\u2019'…5,\u200b\u200d\u0301发👍\n\x00>€"
ODD = st.text(alphabet=ODD_CHARACTERS, max_size=60)
WORDS = (
    *("vermilion", "harbor", "3.5", "-7", "$40", "9%", "отчёт", "εφαρμογή", "מערכת"),
    *("三月发货提前", "ขนส่ง", "배송", "भेजेंगे", "we'll"),
)
TURNS = st.lists(st.sampled_from(WORDS), min_size=6, max_size=12, unique=True)
MESSES = st.lists(
    st.sampled_from(WORDS) | st.text(ODD_CHARACTERS, max_size=5) | st.text(max_size=5),
    min_size=8,
    max_size=20,
).map(" ".join)


def judge(text: str, quote: str) -> Admission:
    turn = Turn(turn=0, speaker=None, side=Side.VENDOR, side_rule="stated", text=text)
    return admit([Draft(field="any", turn=0, quote=quote, statement="")], [turn], fields=["any"])


def found(text: str, claim: GroundedClaim) -> str:
    (span,) = claim.spans
    return text[span.start : span.end]


@given(MESSES, st.data())
def test_any_run_of_tokens_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    tokens = tokens_of(text)
    assume(len(tokens.keys) >= 6 and not clauses_of(text, tokens).negations)
    first = data.draw(st.integers(0, len(tokens.keys) - 6))
    last = data.draw(st.integers(first + 5, len(tokens.keys) - 1))
    quote = text[tokens.starts[first] : tokens.ends[last]]
    assume(tokens_of(quote).weight >= 6)
    (claim,) = judge(text, quote).claims
    assert tokens_of(found(text, claim)).keys == tokens.keys[first : last + 1]
    assert claim.spans[0].start <= tokens.starts[first]


@given(TURNS, st.data())
def test_a_quote_that_stands_once_has_exactly_its_offsets(
    words: list[str], data: st.DataObject
) -> None:
    text = " ".join(words)
    first = data.draw(st.integers(0, len(words) - 6))
    quote = " ".join(words[first : first + 6])
    (span,) = judge(text, quote).claims[0].spans
    assert (span.start, text[span.start : span.end]) == (text.index(quote), quote)


@given(st.text() | ODD, st.text() | ODD)
def test_every_draft_ends_in_exactly_one_list(text: str, quote: str) -> None:
    admission = judge(text, quote)
    assert len(admission.claims) + len(admission.rejected) == 1


@given(st.text() | ODD, st.text() | ODD)
def test_what_is_accepted_has_the_tokens_of_the_source(text: str, quote: str) -> None:
    for claim in judge(text, quote).claims:
        pieces = [tokens_of(text[span.start : span.end]).keys for span in claim.spans]
        assert list(chain.from_iterable(pieces)) == tokens_of(quote).keys


@given(TURNS, st.randoms(use_true_random=False))
def test_a_quote_with_two_tokens_exchanged_is_refused(words: list[str], rng: Random) -> None:
    at = rng.randrange(len(words) - 1)
    other = [*words[:at], words[at + 1], words[at], *words[at + 2 :]]
    assert judge(" ".join(words), " ".join(other)).claims == ()


@given(TURNS, st.randoms(use_true_random=False))
def test_a_quote_with_an_inner_token_left_out_is_refused(words: list[str], rng: Random) -> None:
    at = rng.randrange(1, len(words) - 1)
    other = [*words[:at], *words[at + 1 :]]
    assert judge(" ".join(words), " ".join(other)).claims == ()


@given(
    TURNS, st.sampled_from("\u200b\u200d\u2060\ufeff\u0336x7"), st.randoms(use_true_random=False)
)
def test_a_quote_with_a_character_put_into_a_word_is_refused(
    words: list[str], character: str, rng: Random
) -> None:
    at = rng.randrange(len(words))
    changed = words[at][:1] + character + words[at][1:]
    other = [*words[:at], changed, *words[at + 1 :]]
    assert judge(" ".join(words), " ".join(other)).claims == ()
