import json
from pathlib import Path
from typing import Any

from service.errors import SecretUnusable


def test_a_hook_is_made_listed_and_ended(run: Any, workspace: str) -> None:
    made = run("hooks", "create", "fathom", "--workspace", workspace, "--json")
    assert made.exit_code == 0, made.output
    shown = json.loads(made.stdout)
    assert shown.keys() == {"hook_id", "url", "secret"}
    assert shown["url"].endswith(f"/v1/hooks/fathom/{shown['hook_id']}")
    listed = run("hooks", "list", "--workspace", workspace)
    assert "fathom" in listed.stdout
    assert shown["secret"] not in listed.output
    assert run("hooks", "end", "fathom", "--workspace", workspace).exit_code == 0
    assert run("hooks", "end", "fathom", "--workspace", workspace).exit_code == 1


def test_a_secret_comes_from_a_file_and_is_not_shown(
    run: Any, workspace: str, tmp_path: Path
) -> None:
    file = tmp_path / "secret.txt"
    file.write_text("the secret token of zoom\n")
    words = ("hooks", "create", "zoom", "--workspace", workspace, "--secret-file", str(file))
    made = run(*words)
    assert made.exit_code == 0, made.output
    assert "the secret token of zoom" not in made.output
    assert json.loads(run(*words, "--json").stdout)["secret"] is None


def test_what_a_hook_cannot_be_is_one_line(run: Any, workspace: str) -> None:
    unknown = run("hooks", "create", "nobody", "--workspace", workspace)
    assert unknown.exit_code == 1
    no_key = run("hooks", "create", "gong", "--workspace", workspace)
    assert isinstance(no_key.exception, SecretUnusable)
    nowhere = run("hooks", "create", "zoom", "--workspace", "no such workspace")
    assert nowhere.exit_code == 1
