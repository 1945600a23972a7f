"""`python -m evals.contracts` tells what came out."""

import pytest

from evals.contracts.__main__ import main


def test_the_table_is_printed_for_every_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    printed = capsys.readouterr().out
    rights = [line for line in printed.splitlines() if line.endswith(" right")]
    counted = ["30 of 30 right", "20 of 20 right", "15 of 15 right", "12 of 12 right"]
    assert rights == [*counted, "10 of 12 right"]


def test_of_other_contracts_next_to_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    main()
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.endswith("2 in, 7724 not_in, 10 contradicts, 0 no_contract")
