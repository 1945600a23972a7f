import re
import shutil
import subprocess
from pathlib import Path

import pytest

TARGET = re.compile(r"^([a-z][a-z-]{0,30}):(?!=)", re.MULTILINE)


@pytest.fixture
def targets(root: Path) -> list[str]:
    return TARGET.findall((root / "Makefile").read_text(encoding="utf-8"))


def test_help_lists_each_target_with_what_it_does(root: Path, targets: list[str]) -> None:
    if shutil.which("make") is None:
        pytest.skip("no make here")
    command = ["make", "--no-print-directory", "help"]
    said = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
    listed = [line.split(maxsplit=1) for line in said.splitlines()]
    assert [words[0] for words in listed] == targets
    assert all(len(words) > 1 for words in listed)


def test_each_target_is_phony(root: Path, targets: list[str]) -> None:
    text = (root / "Makefile").read_text(encoding="utf-8")
    phony = re.findall(r"^\.PHONY: (.{1,200})$", text, re.MULTILINE)
    assert set(" ".join(phony).split()) == set(targets)


def test_targets_named_in_the_documents_exist(pages: tuple[Path, ...], targets: list[str]) -> None:
    named = {
        (page.name, target)
        for page in pages
        for target in re.findall(r"(?:`|^)make ([a-z]{1,20})\b", page.read_text(encoding="utf-8"))
    }
    assert {one for one in named if one[1] not in targets} == set()
