import re
from pathlib import Path

import pytest

TOP = (
    *("schemas", "prompts", "service", "evals", "tests", "docs", "docs/decisions"),
    *(".ci/run", "Makefile", "pyproject.toml", "requirements.lock", "weights.lock"),
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", ".env.example"),
)
PLACES = ("home", "root", "work", "Users", "tmp/bash")
MACHINE = re.compile(rf"(?<![\w.$}}*~-])/(?:{'|'.join(PLACES)})[/_][\w.-]")
REGISTRY = re.compile(
    r"(?:pypi|pythonhosted|artifactory|jfrog|nexus)[.\w-]{0,60}\.(?:org|com|io|net)"
)
MEGABYTE = 1_000_000
MOST_LINES = 350


@pytest.mark.parametrize("name", TOP)
def test_the_prescribed_top_level_is_there(root: Path, name: str) -> None:
    assert (root / name).exists()


def test_no_file_names_a_machine_or_a_registry(project_files: tuple[Path, ...]) -> None:
    texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in project_files}
    found = [
        (path.name, match[0])
        for path, text in texts.items()
        for pattern in (MACHINE, REGISTRY)
        for match in pattern.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize("place", [*PLACES[:-1], "tmp/bash_1"])
def test_a_path_of_a_machine_is_seen(place: str) -> None:
    assert MACHINE.search(f"see /{place}/x.py")


def test_no_file_is_large(project_files: tuple[Path, ...]) -> None:
    large = [path.name for path in project_files if path.stat().st_size > MEGABYTE]
    assert large == []


def test_no_module_is_long(project_files: tuple[Path, ...]) -> None:
    modules = [path for path in project_files if path.suffix == ".py"]
    lines = [(path.name, path.read_text(encoding="utf-8").count("\n")) for path in modules]
    assert lines
    assert [(name, n) for name, n in lines if n > MOST_LINES] == []


def test_the_licence_is_the_one_that_the_package_names(root: Path) -> None:
    text = (root / "LICENSE").read_text(encoding="utf-8")
    assert text.split()[:4] == ["Apache", "License", "Version", "2.0,"]
    assert 'license = "Apache-2.0"' in (root / "pyproject.toml").read_text(encoding="utf-8")
