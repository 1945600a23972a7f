import pytest

from schemas.source import Kind, Parsed, Utterance
from service.intake.turns import JOINED_CODE_POINTS, join


def cue(
    start_s: float | None, end_s: float | None, *, who: str | None = "Dana", text: str = "hi"
) -> Utterance:
    return Utterance(text=text, speaker=who, start_s=start_s, end_s=end_s)


def joined(*utterances: Utterance, kind: Kind = Kind.CALL) -> list[str]:
    return [one.text for one in join(Parsed(kind=kind, format="x", utterances=utterances))]


def test_a_short_pause_joins_and_two_seconds_do_not() -> None:
    assert joined(cue(0, 1), cue(2.9, 4)) == ["hi hi"]
    assert joined(cue(0, 1), cue(3, 4)) == ["hi", "hi"]


def test_another_speaker_is_another_turn() -> None:
    assert joined(cue(0, 1), cue(1, 2, who="Lee"), cue(2, 3)) == ["hi", "hi", "hi"]


def test_an_overlap_is_no_pause() -> None:
    assert joined(cue(0, 5), cue(1, 2)) == ["hi hi"]


@pytest.mark.parametrize(("size", "turns"), [(1_498, 1), (1_499, 2)])
def test_the_whole_stays_under_the_limit(size: int, turns: int) -> None:
    half = size // 2
    texts = ("a" * half, "b" * (size - half))
    found = joined(*(cue(at, at + 1, text=text) for at, text in enumerate(texts)))
    assert len(found) == turns
    assert max(map(len, found)) < JOINED_CODE_POINTS


def test_a_cue_over_the_limit_is_never_cut() -> None:
    assert joined(cue(0, 1, text="a" * 3_000)) == ["a" * 3_000]


def test_without_end_times_an_entry_is_a_turn() -> None:
    assert joined(cue(0, None), cue(1, None)) == ["hi", "hi"]
    assert joined(cue(None, None), cue(None, None)) == ["hi", "hi"]


def test_messages_are_never_joined() -> None:
    assert joined(cue(0, 1), cue(1, 2), kind=Kind.EMAIL) == ["hi", "hi"]


def test_a_turn_lasts_from_its_first_cue_to_its_last() -> None:
    parsed = Parsed(kind=Kind.CALL, format="x", utterances=(cue(1, 9), cue(2, 3)))
    assert [(one.start_s, one.end_s) for one in join(parsed)] == [(1, 9)]
