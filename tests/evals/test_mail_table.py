from pathlib import Path

import pytest

from evals.bench.mail import is_met
from evals.bench.mail import main as bench
from evals.mail.__main__ import main
from evals.mail.replies import replies, same


def test_every_mail_is_read_and_every_cut_is_right(
    shared: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BATON_SHARED", str(shared))
    assert main([]) == 0
    assert "100% of their quoted text" in " ".join(capsys.readouterr().out.split())


def test_a_wrong_cut_is_seen(shared: Path) -> None:
    for one in replies(shared / "samples"):
        assert same(one.new[0], one.new)
        assert not same(f"{one.new[0]} and more", one.new)
        assert not same("", one.new)


def test_the_aim_of_the_benchmark_can_be_missed() -> None:
    good = {
        "read": {"standard library": {"mb_s": 1.9}, "Baton": {"mb_s": 1.0}},
        "split": {
            "mail-parser-reply": {"messages_s": 5, "right": 3},
            "Baton": {"messages_s": 5, "right": 3},
        },
    }
    assert is_met(good)
    assert not is_met(good | {"read": {"a": {"mb_s": 2.1}, "Baton": {"mb_s": 1.0}}})
    for worse in ({"messages_s": 4, "right": 3}, {"messages_s": 5, "right": 2}):
        assert not is_met(good | {"split": good["split"] | {"Baton": worse}})


def test_the_benchmark_prints_both_sides(
    shared: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BATON_SHARED", str(shared))
    assert bench(["--messages", "10"]) in {0, 1}  # so few say nothing of speed
    printed = capsys.readouterr().out
    assert printed.count("Baton") == 2
    assert "mail-parser-reply" in printed
