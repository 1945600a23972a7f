"""How the real command ends: one line and a code, never a stack trace."""

from typing import Any

import pytest


def one_line(done: Any) -> str:
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("baton: ")
    return str(done.stderr)


def test_a_wrong_setting_ends_with_3(spawn: Any) -> None:
    done = spawn("keys", "list", BATON_EMBEDDER="huge")
    assert "BATON_EMBEDDER" in one_line(done)
    assert done.returncode == 3


def test_a_wrong_setting_is_told_in_our_words(spawn: Any) -> None:
    told = one_line(spawn("keys", "list", BATON_LLM_BASE_URL="llm.example"))
    assert told.startswith("baton: BATON_LLM_BASE_URL: is an address like")


@pytest.mark.parametrize("words", [["serve"], ["worker"]])
def test_a_model_without_an_address_ends_with_3(spawn: Any, words: list[str]) -> None:
    done = spawn(*words, BATON_EXTRACTOR="openai", BATON_LLM_MODEL="m")
    assert "BATON_LLM_BASE_URL" in one_line(done)
    assert done.returncode == 3


def test_a_wrong_setting_does_not_hide_the_help(spawn: Any) -> None:
    done = spawn("--help", BATON_EMBEDDER="huge")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_database_that_is_away_ends_with_1(spawn: Any) -> None:
    away = "postgresql+psycopg://baton_app:x@127.0.0.1:1/baton"
    done = spawn("keys", "list", BATON_DATABASE_URL=away)
    assert "does not answer" in one_line(done)
    assert done.returncode == 1


@pytest.mark.parametrize("words", [["ingest", "."], ["search", "x"], ["keys", "list"]])
def test_an_unknown_workspace_is_not_made(spawn: Any, words: list[str]) -> None:
    done = spawn(*words, "--workspace", "nobody's")
    assert "There is no workspace" in one_line(done)
    assert done.returncode == 1


def test_unknown_scopes_end_with_2(spawn: Any) -> None:
    done = spawn("keys", "create", "--workspace", "w", "--scopes", "ingest,root")
    assert "root" in one_line(done)
    assert done.returncode == 2


@pytest.mark.parametrize("words", [["--help"], ["keys", "list"], ["doctor", "--json"]])
def test_a_broken_pipe_is_no_stack_trace(start: Any, words: list[str]) -> None:
    process = start(*words)
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait(60) in {0, 1}


def completions(spawn: Any, line: str) -> list[str]:
    words = {"COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
    return str(spawn(_BATON_COMPLETE="complete_bash", **words).stdout).split()


def test_the_shell_completes_commands_and_options(spawn: Any) -> None:
    assert completions(spawn, "baton ing") == ["ingest"]
    assert completions(spawn, "baton keys r") == ["revoke", "rotate"]
    assert completions(spawn, "baton ingest --occ") == ["--occurred-at"]
