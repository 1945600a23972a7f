"""Which code reads: the version, and a hash over every file that has a say in what is found."""

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
READERS: Final = ("schemas", "prompts", "service/intake", "service/extract")
KINDS: Final = frozenset({".py", ".md", ".toml", ".json", ".npz", ".npy"})
SHORT: Final = 12


def code_version(root: Path = ROOT) -> str:
    """The same on every machine that has the same files."""
    digest = hashlib.sha256()
    for path in _files(root):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()} {len(data)}\n".encode() + data)
    return f"{version('baton')}+{digest.hexdigest()[:SHORT]}"


def _files(root: Path) -> Iterator[Path]:
    for part in READERS:
        yield from sorted(path for path in (root / part).rglob("*") if path.suffix in KINDS)
