import subprocess
import sys

import pytest
from typer.testing import CliRunner

from service.cli.group import load_command
from service.cli.main import SUMMARIES, app

HEAVY = ("sqlalchemy", "numpy", "litestar", "onnxruntime", "procrastinate", "httpx2", "alembic")
EXAMPLES = (
    *(["ingest"], ["rerun"], ["search"], ["doctor"], ["demo"], ["migrate"]),
    *(["keys", word] for word in ("create", "list", "revoke", "rotate")),
)


def test_help_lists_each_command() -> None:
    shown = CliRunner().invoke(app, ["--help"]).output
    assert [name for name in SUMMARIES if f" {name} " not in shown] == []


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom service.cli.main import app\n"
        "app(['--help'], standalone_mode=False)\n"
        f"sys.exit(','.join(set(sys.modules) & set({HEAVY!r})))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.stderr.strip() == ""
    assert "ingest" in done.stdout


@pytest.mark.parametrize("name", SUMMARIES)
def test_the_list_says_what_the_command_says(name: str) -> None:
    help_ = load_command(name).help or ""
    assert help_.splitlines()[0] == SUMMARIES[name]


@pytest.mark.parametrize("words", EXAMPLES)
def test_help_has_an_example(words: list[str]) -> None:
    shown = CliRunner().invoke(app, [*words, "--help"])
    assert shown.exit_code == 0
    assert "Example: " in shown.output
    assert f"baton {' '.join(words)}" in " ".join(shown.output.split())


@pytest.mark.parametrize(
    "words",
    [
        ["serf"],
        ["--nothing"],
        ["keys", "forge"],
        ["search"],
        ["search", "x"],
        ["search", "x", "--workspace", "w", "--limit", "0"],
        ["search", "x", "--workspace", "w", "--since", "yesterday"],
        ["search", "x", "--workspace", "w", "--side", "both"],
        ["ingest", "--workspace", "w"],
        ["ingest", "no-such-file", "--workspace", "w"],
        ["ingest", ".", "--workspace", "w", "--customer", "a/b"],
        ["ingest", ".", "--workspace", "w", "--occurred-at", "2026-03-03"],
        ["ingest", ".", "--workspace", "w", "--kind", "letter"],
        ["keys", "rotate", "x", "--overlap", "soon"],
    ],
)
def test_wrong_usage_ends_with_2(words: list[str]) -> None:
    assert CliRunner().invoke(app, words).exit_code == 2


def test_a_misspelt_command_is_put_right() -> None:
    assert "Did you mean" in CliRunner().invoke(app, ["serach"]).output


def test_the_version_is_printed() -> None:
    assert CliRunner().invoke(app, ["--version"]).output.startswith("baton 0.")
