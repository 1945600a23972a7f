"""Where a cluster lies, and who runs it."""

import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from service.db.embedded.account import Account, account_of, can_enter, new_account
from service.db.embedded.programs import copy_programs, programs
from service.db.embedded.secret_file import FILE as SECRETS_FILE
from service.errors import NotSetUp

SYSTEM_DIR = Path("/var/lib/baton")
_RECORD = "cluster.json"
_UNSAFE = frozenset('"$`\\\n')


@dataclass(frozen=True, slots=True)
class Place:
    """A cluster's folder (`data`, `run`, `log` in it), its account and its programs."""

    folder: Path
    account: Account
    programs: Path
    notices: tuple[str, ...] = ()

    @property
    def data(self) -> Path:
        """What PostgreSQL calls the data directory."""
        return self.folder / "data"


def private_folder(data_dir: Path) -> Path:
    """Make it, for us alone. One that was here, with other things in it, keeps its mode."""
    folder = data_dir.resolve()
    if _UNSAFE & set(str(folder)):
        raise NotSetUp(f'BATON_DATA_DIR may not contain " $ ` \\ or a line break: {folder}')
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    mode = stat.S_IMODE(folder.stat().st_mode)
    if _is_ours(folder):
        if mode & 0o077 not in (0, 0o010):  # 0710: see _admit
            folder.chmod(0o700)
    elif mode & 0o022:
        raise NotSetUp(f"Others may write into {folder}: chmod go-w it, or choose another.")
    return folder


def _is_ours(folder: Path) -> bool:
    """A folder that Baton made, or an empty one that it was given."""
    if folder.stat().st_uid != os.geteuid():
        return False
    return (folder / SECRETS_FILE).exists() or not any(folder.iterdir())


def find_place(data_dir: Path, *, major: int, system_dir: Path = SYSTEM_DIR) -> Place:
    """The cluster's folder as it was chosen at first, or chosen now."""
    folder = recorded_folder(data_dir)
    if (folder / "data").exists():
        account = _owner_of(folder / "data")
    else:
        account = new_account()
        folder = _choose(data_dir, folder, account=account, system_dir=system_dir)
    _make(data_dir, folder, account)
    if not can_enter(account, folder):
        raise NotSetUp(f"The account {account.name} cannot enter {folder} any more: move it back.")
    bin_dir = _reachable_programs(account, major, system_dir)
    return Place(folder, account, bin_dir, _notices(data_dir, folder, account))


def recorded_folder(data_dir: Path) -> Path:
    """Where the cluster lies, or would by default; a lost one is never replaced in silence."""
    record = data_dir / _RECORD
    if not record.exists():
        return data_dir / "postgres"
    try:
        folder = Path(json.loads(record.read_bytes())["folder"])
    except (ValueError, KeyError, TypeError) as error:
        raise NotSetUp(f"{record} is damaged: put back the copy of your backup.") from error
    if not folder.is_dir():
        why = f"The database of {data_dir} lay in {folder}, which is gone: put it back"
        raise NotSetUp(f"{why}, or remove {record} to start with an empty one.")
    return folder


def _owner_of(data: Path) -> Account:
    """Whoever owns the data runs the server: a folder that came along keeps working."""
    found = data.stat()
    account = account_of(found.st_uid, found.st_gid)
    if account.uid == 0:
        raise NotSetUp(f"{data} belongs to root, whom PostgreSQL refuses: chown -R it.")
    if os.geteuid() not in (0, account.uid):
        raise NotSetUp(f"{data} belongs to {account.name}: run Baton as that user.")
    return account


def _choose(data_dir: Path, folder: Path, *, account: Account, system_dir: Path) -> Path:
    """In the data folder where the account gets there; folders above it are not ours to open."""
    if account.is_self or not folder.is_relative_to(data_dir):
        return folder
    if can_enter(account, data_dir.parent):
        _admit(data_dir, account)
        if can_enter(account, data_dir):
            return folder
    _make_system_dir(system_dir)
    elsewhere = system_dir / token_hex(8)
    elsewhere.mkdir(mode=0o710)
    (data_dir / _RECORD).write_text(json.dumps({"folder": str(elsewhere)}))
    return elsewhere


def _admit(data_dir: Path, account: Account) -> None:
    """Let the account through the data folder: it may neither list nor change it."""
    found = data_dir.stat()
    if found.st_uid == os.geteuid() and stat.S_IMODE(found.st_mode) & 0o067 == 0:
        os.chown(data_dir, -1, account.gid)
        data_dir.chmod(0o710)


def _make(data_dir: Path, folder: Path, account: Account) -> None:
    """The folder is ours, with the account let through; what the server writes in is its own."""
    folder.mkdir(mode=0o700, exist_ok=True)
    for part in (folder / "run", folder / "log"):
        part.mkdir(mode=0o700, exist_ok=True)
        if not account.is_self:
            os.chown(part, account.uid, account.gid)
    if not account.is_self:
        _admit(folder, account)
        if folder.is_relative_to(data_dir):
            _admit(data_dir, account)


def _reachable_programs(account: Account, major: int, system_dir: Path) -> Path:
    own = programs(major)
    if account.is_self or can_enter(account, own / "postgres"):
        return own
    _make_system_dir(system_dir)
    return copy_programs(major, system_dir)


def _make_system_dir(system_dir: Path) -> None:
    if not system_dir.is_dir():
        system_dir.mkdir(exist_ok=True, parents=True)
        system_dir.chmod(0o755)  # whatever the umask: accounts must pass


def _notices(data_dir: Path, folder: Path, account: Account) -> tuple[str, ...]:
    if account.is_self:
        return ()
    said = [f"PostgreSQL runs as {account.name}, because it refuses root."]
    if not folder.is_relative_to(data_dir):
        said.append(f"The database lies in {folder}: {account.name} cannot enter {data_dir}.")
    return tuple(said)
