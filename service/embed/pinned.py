import hashlib
import importlib.util
from pathlib import Path

from service.errors import NotSetUp


def package_folder(package: str) -> Path | None:
    """Where an installed package lies, without running any of its code; None: not installed."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0])


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_pinned(path: Path, expected: str) -> None:
    """Refuse a model file that is missing or is not the one pinned here."""
    try:
        found = digest_of(path)
    except OSError as error:
        raise NotSetUp(
            f"The model file {path.name} cannot be read: install the locked wheels again."
        ) from error
    if found != expected:
        raise NotSetUp(
            f"The model file {path.name} has checksum {found[:12]}, expected {expected[:12]}: "
            "install the locked wheels again."
        )
