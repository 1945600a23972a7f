"""The system account that runs PostgreSQL's programs: ourselves, or an ordinary one for root."""

import os
import pwd
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from service.errors import NotSetUp

PREFERRED = "baton-postgres"
FALLBACK = "nobody"
_TRIES = 5
_PAUSE_S = 0.2


@dataclass(frozen=True, slots=True)
class Account:
    """Whom a program runs as."""

    name: str
    uid: int
    gid: int

    @property
    def is_self(self) -> bool:
        """Whether this process runs as it already."""
        return self.uid == os.geteuid()


class _Identity(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


def account_of(uid: int, gid: int) -> Account:
    """The account with this number; it may have no name here."""
    try:
        name = pwd.getpwuid(uid).pw_name
    except KeyError:
        name = f"uid {uid}"
    return Account(name, uid, gid)


def new_account() -> Account:
    """Who shall own a new cluster. PostgreSQL refuses root, so root gets an ordinary account."""
    if os.geteuid() != 0:
        return account_of(os.geteuid(), os.getegid())
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    for _ in range(_TRIES):
        found = _named(PREFERRED)
        if found or useradd is None:
            break
        _add(useradd)
    found = _named(PREFERRED) or _named(FALLBACK)
    if found is None:
        raise NotSetUp(f"Root cannot run PostgreSQL: add a system account {PREFERRED}.")
    return found


def _named(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(name, entry.pw_uid, entry.pw_gid)


def _add(useradd: str) -> None:
    """It fails while another process edits the same file: wait, the caller looks again."""
    words = [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", PREFERRED]
    if subprocess.run(words, capture_output=True, check=False).returncode:
        time.sleep(_PAUSE_S)


def run_as(account: Account, words: list[str], *, timeout_s: float = 120.0) -> tuple[int, str]:
    """Run a program in a clean environment; its exit code and all that it said."""
    identity = _Identity()
    if not account.is_self:
        identity = _Identity(user=account.uid, group=account.gid, extra_groups=[])
    try:
        done = subprocess.run(
            words,
            **identity,
            capture_output=True,
            check=False,
            text=True,
            errors="replace",
            timeout=timeout_s,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},  # no PG* variable of the caller
            cwd="/",  # the caller's folder may be closed to the account
            stdin=subprocess.DEVNULL,
            umask=0o077,
        )
    except PermissionError as error:
        why = f"This process may not run {words[0]} as {account.name}: run Baton as that account."
        raise NotSetUp(why) from error
    except subprocess.TimeoutExpired as error:
        raise NotSetUp(f"{words[0]} took over {timeout_s:.0f} s: is the disk very slow?") from error
    return done.returncode, done.stdout + done.stderr


def can_enter(account: Account, path: Path) -> bool:
    """Whether the account gets there, through all folders above."""
    return run_as(account, ["test", "-x", str(path)])[0] == 0
