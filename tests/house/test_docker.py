import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # only its one call is used

from service.cli.group import load_command
from service.cli.main import SUMMARIES
from service.db.migrate import ROLES
from service.settings import Settings

OURS = ("migrate", "api", "worker")
SECRET = re.compile(r"PASSWORD|PEPPER|SECRET|API_KEY|DATABASE_URL")
FROM_OUTSIDE = re.compile(r"\$\{[A-Z_]{1,40}:\?\}")
WRITTEN_IN_URL = re.compile(r":[^/$@{}]{1,80}@")


@pytest.fixture(scope="module")
def services(root: Path) -> dict[str, Any]:
    found = yaml.safe_load((root / "compose.yaml").read_text(encoding="utf-8"))
    return dict(found["services"])


@pytest.fixture(scope="module")
def steps(root: Path) -> list[tuple[str, str]]:
    """The instructions of the Dockerfile, each on one line."""
    text = (root / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")
    lines = [" ".join(line.split()) for line in text.splitlines()]
    words = [line.partition(" ") for line in lines if line and not line.startswith("#")]
    return [(name, rest) for name, _, rest in words]


def test_every_setting_named_exists(services: dict[str, Any], steps: list[tuple[str, str]]) -> None:
    known = {f"BATON_{name.upper()}" for name in Settings.model_fields}
    named = {name for one in OURS for name in services[one]["environment"]}
    in_image = set(re.findall(r"BATON_[A-Z_]{1,40}", " ".join(rest for _, rest in steps)))
    assert named - known == set()
    assert in_image == {"BATON_DATA_DIR"}


def test_the_owner_is_known_to_the_migration_alone(services: dict[str, Any]) -> None:
    owner = "BATON_OWNER_DATABASE_URL"
    assert [one for one in OURS if owner in services[one]["environment"]] == ["migrate"]


def test_every_command_is_one_of_baton(
    services: dict[str, Any], steps: list[tuple[str, str]]
) -> None:
    commands = [services[one]["command"] for one in OURS]
    commands.append(yaml.safe_load(dict(steps)["CMD"]))
    assert yaml.safe_load(dict(steps)["ENTRYPOINT"]) == ["baton"]
    for name, *rest in commands:
        assert name in SUMMARIES
        options = {word for option in load_command(name).params for word in option.opts}
        assert {word for word in rest if word.startswith("--")} <= options


def test_no_secret_is_written_down(services: dict[str, Any]) -> None:
    named = [
        (name, value) for one in services.values() for name, value in one["environment"].items()
    ]
    secrets = [(name, value) for name, value in named if SECRET.search(name)]
    assert len(secrets) >= 10
    for name, value in secrets:
        assert FROM_OUTSIDE.search(value), name
        assert not WRITTEN_IN_URL.search(FROM_OUTSIDE.sub("${}", value)), name


def test_nobody_is_root_and_no_root_is_writable(
    services: dict[str, Any], steps: list[tuple[str, str]]
) -> None:
    assert dict(steps)["USER"] == "10001:10001"
    for one in OURS:
        assert services[one]["user"] == "10001:10001"
        assert services[one]["read_only"] is True
        assert services[one]["cap_drop"] == ["ALL"]
        assert [place.split(":")[0] for place in services[one]["tmpfs"]] == ["/tmp"]  # noqa: S108 - a tmpfs of the container
        assert services[one]["volumes"] == ["baton:/data"]


def test_each_waits_for_what_it_needs(services: dict[str, Any]) -> None:
    waits = {
        one: {name: on["condition"] for name, on in services[one]["depends_on"].items()}
        for one in OURS
    }
    migrated = {"migrate": "service_completed_successfully"}
    assert waits == {
        "migrate": {"postgres": "service_healthy"},
        "api": migrated,
        "worker": migrated,
    }


def test_the_install_is_locked_as_in_the_makefile(steps: list[tuple[str, str]]) -> None:
    installs = [rest for name, rest in steps if name == "RUN" and "pip install" in rest]
    locked, ours = (shlex.split(rest.partition(" pip install ")[2]) for rest in installs)
    locks = ["-r", "requirements.run.lock", "-r", "weights.lock"]
    assert locked == ["--no-deps", "--require-hashes", *locks]
    assert ours == ["--no-deps", "--no-build-isolation", "."]


def test_what_the_image_copies_is_let_through(root: Path, steps: list[tuple[str, str]]) -> None:
    copied = {
        word
        for name, rest in steps
        if name == "COPY" and not rest.startswith("--from")
        for word in rest.split()[:-1]
    }
    ignored = (root / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert ignored[1] == "*"
    assert {line[1:] for line in ignored if line.startswith("!")} == copied
    assert all((root / name).exists() for name in copied)


def test_the_probe_asks_whether_the_server_is_ready(steps: list[tuple[str, str]]) -> None:
    probe = dict(steps)["HEALTHCHECK"].partition(" CMD ")[2]
    program, _, code = yaml.safe_load(probe)
    assert program == "python"
    compile(code, "probe", "exec")
    assert "127.0.0.1:8321/readyz" in code


def test_the_roles_are_those_of_the_documents(root: Path) -> None:
    script = (root / "docker/roles.sh").read_text(encoding="utf-8")
    page = (root / "docs/database.md").read_text(encoding="utf-8")
    made = re.compile(r"CREATE ROLE (\w{1,40}) +LOGIN ([A-Z ]{1,80}) PASSWORD")
    assert made.findall(script) == made.findall(page)
    assert set(ROLES) < {name for name, _ in made.findall(script)}
    for line in ("REVOKE ALL ON DATABASE baton FROM PUBLIC;", "CREATE EXTENSION vector;"):
        assert line in script
        assert line in page
