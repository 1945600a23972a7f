import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGES = ("schemas", "prompts", "service", "evals")
LINTER = Path(sys.executable).with_name("lint-imports")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """The linter over the packages of that folder."""
    return subprocess.run(
        [LINTER, "--no-cache", "--no-logo"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "COLUMNS": "200"},
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.fixture
def copied(root: Path, tmp_path: Path) -> Path:
    """The packages and their contracts, to be spoilt."""
    only_code = shutil.ignore_patterns("__pycache__", "*.vtt", "*.eml")
    for package in PACKAGES:
        shutil.copytree(root / package, tmp_path / package, ignore=only_code)
    shutil.copy(root / "pyproject.toml", tmp_path)
    return tmp_path


def test_imports_go_down_only(root: Path) -> None:
    found = lint(root)
    assert found.returncode == 0, found.stdout
    assert "0 broken" in found.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("service/intake/planted.py", "import sqlalchemy", "Pure parts know no web"),
        ("service/retrieve/planted.py", "import openai", "Pure parts know no web"),
        ("service/db/planted.py", "import service.web.app", "Floors of the service"),
        ("service/extract/planted.py", "import service.intake.read", "Floors of the service"),
        ("service/actions/planted.py", "import sqlalchemy", "Only service.db speaks SQLAlchemy"),
        ("service/jobs/planted.py", "import litestar", "Only service.web speaks Litestar"),
        ("service/embed/planted.py", "import openai", "Only service.llm speaks to a model"),
        ("service/actions/planted.py", "import instructor", "Only service.llm speaks to a model"),
        ("schemas/planted.py", "import service.errors", "The four packages import downwards"),
        ("service/planted.py", "", "Floors of the service"),
    ],
)
def test_a_planted_violation_is_found(copied: Path, module: str, line: str, contract: str) -> None:
    (copied / module).write_text(f"{line}\n", encoding="utf-8")
    found = lint(copied)
    assert found.returncode == 1, found.stdout + found.stderr
    broken = [row for row in found.stdout.splitlines() if row.rstrip().endswith("BROKEN")]
    assert [row for row in broken if row.startswith(contract)], found.stdout
    assert "planted" in found.stdout


def test_every_module_is_under_some_contract(root: Path) -> None:
    """The lists of the `forbidden` contracts leave out only the part that is allowed."""
    contracts = (root / "pyproject.toml").read_text(encoding="utf-8").split("[[tool.importlinter")
    parts = {path.stem for path in (root / "service").iterdir() if path.suffix in {"", ".py"}}
    parts -= {"__init__", "__pycache__"}
    for name, allowed in (("database", {"db"}), ("web", {"web", "cli"}), ("model", {"llm"})):
        listed = next(text for text in contracts if f'id = "{name}"' in text)
        missing = {part for part in parts - allowed if f'"service.{part}"' not in listed}
        assert missing == set(), name
