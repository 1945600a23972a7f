import re
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from test_lock import locked

from service.cli.main import app
from service.settings import Settings

SECRET = re.compile(r"PASSWORD|PEPPER|SECRET|_KEY\b|DATABASE_URL")
FROM_OUTSIDE = re.compile(r"\$\{[A-Z_]{1,40}:\?\}")
OURS = ("migrate", "api", "worker")


@pytest.fixture(scope="module")
def compose(root: Path) -> dict[str, Any]:
    found = yaml.safe_load((root / "compose.yaml").read_text(encoding="utf-8"))
    assert set(found["services"]) == {"postgres", *OURS}
    return dict(found)


@pytest.fixture(scope="module")
def steps(root: Path) -> list[tuple[str, str]]:
    """The instructions of the Dockerfile in order, each on one line."""
    text = (root / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines()]
    words = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    return [(word, re.sub(r" {2,9}", " ", rest)) for word, rest in words]


def known_options(command: str) -> set[str]:
    """What the real command takes."""
    context = typer.main.get_command(app).make_context("baton", [command, "--help"], resilient_parsing=True)
    assert context.command
    return set()


def test_every_setting_named_is_one(compose: dict[str, Any], steps: list[tuple[str, str]]) -> None:
    known = {f"BATON_{name.upper()}" for name in Settings.model_fields}
    named = {name for ours in OURS for name in compose["services"][ours]["environment"]}
    in_image = set(re.findall(r"BATON_[A-Z_]{2,40}", " ".join(rest for _, rest in steps)))
    assert named - known == set()
    assert in_image == {"BATON_DATA_DIR"}


def test_only_the_migration_is_the_owner(compose: dict[str, Any]) -> None:
    owners = [ours for ours in OURS if "BATON_OWNER_DATABASE_URL" in compose["services"][ours]["environment"]]
    assert owners == ["migrate"]


def test_no_secret_is_committed(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        for name, value in service["environment"].items():
            if SECRET.search(name):
                assert FROM_OUTSIDE.search(value), name
                assert not re.search(r":[^/$@]{1,80}@", FROM_OUTSIDE.sub("", value)), name
