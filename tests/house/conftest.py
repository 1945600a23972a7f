"""The repository as its documents and house rules see it."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = frozenset({".git", ".venv", ".baton", "__pycache__", "build"})


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def project_files(root: Path) -> tuple[Path, ...]:
    """Tracked, or new and not ignored; without git, whatever lies in no folder of caches."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if (root / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
        found = [root / name for name in listed.stdout.split("\0") if name]
    else:
        found = [
            path for path in root.rglob("*") if SKIPPED.isdisjoint(path.relative_to(root).parts)
        ]
    return tuple(path for path in found if path.is_file())


@pytest.fixture(scope="session")
def pages(project_files: tuple[Path, ...]) -> tuple[Path, ...]:
    return tuple(path for path in project_files if path.suffix == ".md")
