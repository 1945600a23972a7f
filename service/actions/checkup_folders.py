"""Whether the folders that Baton keeps are there, closed to others, and have room."""

import shutil
import stat
from pathlib import Path

from service.actions.checkup import Check, Verdict, expect
from service.db.embedded.place import recorded_folder
from service.db.embedded.secret_file import FILE

_GIB = 1024**3
LITTLE, TOO_LITTLE = _GIB, _GIB // 5
_CLOSED = (0o700, 0o710)
"""0710: PostgreSQL's own account passes through, where root started it."""


def check_folders(data_dir: Path, *, is_embedded: bool) -> list[Check]:
    """The data folder, its secrets, and the room on its disk and on the cluster's."""
    if not data_dir.is_dir():
        return [_missing(data_dir, is_embedded=is_embedded)]
    checks = [_room("disk of the data folder", data_dir)]
    if is_embedded:
        cluster = recorded_folder(data_dir)
        checks += [_closed("data folder", data_dir), *_secrets(data_dir / FILE)]
        if cluster.is_dir():
            checks += [_closed("cluster folder", cluster), _room("disk of the cluster", cluster)]
    return checks


def _missing(data_dir: Path, *, is_embedded: bool) -> Check:
    if not is_embedded:
        return Check("data folder", Verdict.OK, f"{data_dir} is made when it is needed")
    mend = "`baton demo`, `baton serve` and `baton migrate` make it; or set BATON_DATA_DIR."
    return Check("data folder", Verdict.WRONG, f"{data_dir} is not there yet", mend, stops=True)


def _closed(name: str, folder: Path) -> Check:
    """Others who may read are a warning; a folder that they may write into is refused at start."""
    mode = stat.S_IMODE(folder.stat().st_mode)
    detail, mend = f"{folder} has mode {mode:04o}", f"chmod 700 {folder}"
    if mode in _CLOSED:
        return Check(name, Verdict.OK, detail)
    if mode & 0o022:
        return Check(name, Verdict.WRONG, detail, mend, stops=True)
    return Check(name, Verdict.WARNING, detail, mend)


def _secrets(file: Path) -> list[Check]:
    if not file.exists():
        return []
    mode = stat.S_IMODE(file.stat().st_mode)
    detail = f"{file} has mode {mode:04o}"
    return [expect("secrets", is_well=not mode & 0o077, detail=detail, mend=f"chmod 600 {file}")]


def _room(name: str, folder: Path) -> Check:
    free = shutil.disk_usage(folder).free
    detail = f"{free / _GIB:.1f} GiB free"
    if free >= LITTLE:
        return Check(name, Verdict.OK, detail)
    verdict = Verdict.WARNING if free >= TOO_LITTLE else Verdict.WRONG
    return Check(name, verdict, detail, f"Make room on the disk of {folder}.")
