from pathlib import Path

from service.cli.settling import Later, Settling, Stamp

A, B = Path("a"), Path("b")
OLD, NEW = Stamp(1, 1, 1), Stamp(2, 2, 1)


def test_a_file_is_handed_out_once_it_was_the_same_for_a_while() -> None:
    settling = Settling(quiet_s=2)
    assert settling.look({A: OLD}, now_s=0) == []
    assert (settling.look({A: OLD}, now_s=1.9), settling.waits) == ([], True)
    assert (settling.look({A: OLD}, now_s=2), settling.waits) == ([A], False)
    assert settling.look({A: OLD}, now_s=9) == []


def test_a_file_that_grows_waits_until_it_has_grown() -> None:
    settling = Settling(quiet_s=2)
    for now_s in range(5):
        assert settling.look({A: Stamp(now_s, now_s, 1)}, now_s=now_s) == []
    assert settling.look({A: Stamp(4, 4, 1)}, now_s=6) == [A]


def test_a_file_that_changed_is_handed_out_again() -> None:
    settling = Settling(quiet_s=0)
    assert settling.look({A: OLD, B: OLD}, now_s=0) == [A, B]
    assert settling.look({A: NEW, B: OLD}, now_s=1) == [A]


def test_what_could_not_be_taken_comes_again() -> None:
    settling = Settling(quiet_s=0)
    assert settling.look({A: OLD, B: OLD}, now_s=0) == [A, B]
    settling.take_back([B])
    assert settling.look({A: OLD, B: OLD}, now_s=1) == [B]


def test_what_is_gone_is_forgotten() -> None:
    settling = Settling(quiet_s=0)
    assert settling.look({A: OLD}, now_s=0) == [A]
    assert settling.look({}, now_s=1) == []
    assert settling.look({A: OLD}, now_s=2) == [A]


def test_a_reason_that_passes_is_told_once_and_tried_again() -> None:
    later, member = Later(pause_s=10), A / "member"
    assert later.is_news(member, passes=True, now_s=0)
    assert later.is_news(B, passes=True, now_s=5)
    assert later.due({A: OLD, B: OLD}, now_s=9) == set()
    assert later.due({A: OLD, B: OLD}, now_s=10) == {A}
    assert not later.is_news(member, passes=True, now_s=11)
    assert later.is_news(member, passes=False, now_s=12)
    assert later.due({A: OLD, B: OLD}, now_s=99) == {B}
