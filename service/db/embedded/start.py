"""Make a cluster, and start its server. The caller holds start.lock."""

import os
import re
import shlex
import shutil
import stat
import time
from pathlib import Path
from tempfile import NamedTemporaryFile, mkdtemp

from pydantic import SecretStr

from service.db.embedded.account import Account, can_enter, run_as
from service.db.embedded.cluster import PORT, SUPERUSER
from service.db.embedded.options import server_options
from service.db.embedded.place import Place
from service.db.embedded.postmaster import Postmaster, disown_stale, find_running, read_pid_file
from service.db.embedded.trouble import trouble
from service.errors import NotSetUp

_POLL_S = 0.02
_LOG_KEPT_S = 6 * 86_400
_SOCKET_PATH_BYTES = 100
_SAFE_SOCKET_DIR = re.compile(r"/[A-Za-z0-9._/-]+")  # the server and libpq read lists: , " : differ
_LOCALES = {
    # Both sort by code point and know the case of all letters, whatever the machine's locales.
    18: ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
    16: ["--locale=C", "--lc-ctype=C.UTF-8"],
}


def make_cluster(place: Place, superuser: SecretStr, *, major: int, durable: bool) -> None:
    """Run initdb under another name first: a `data` folder that exists is whole."""
    for left in place.folder.glob("data.new-*"):
        shutil.rmtree(left, ignore_errors=True)
    draft = Path(mkdtemp(prefix="data.new-", dir=place.folder))  # an orphaned initdb has another
    with NamedTemporaryFile("w", dir=place.folder, prefix=".password-") as password:
        password.write(superuser.get_secret_value())
        password.flush()
        if not place.account.is_self:
            os.fchown(password.fileno(), place.account.uid, place.account.gid)
            os.chown(draft, place.account.uid, place.account.gid)
        options = [f"--pwfile={password.name}", *_LOCALES[major], *([] if durable else ["-N"])]
        _initdb(place, draft, options)
    draft.rename(place.data)


def _initdb(place: Place, draft: Path, options: list[str]) -> None:
    words = [str(place.programs / "initdb"), "-D", str(draft), "-U", SUPERUSER, *options]
    fixed = ["--auth-local=scram-sha-256", "--auth-host=reject", "--encoding=UTF8"]
    code, said = run_as(place.account, [*words, *fixed, "--data-checksums", "--no-instructions"])
    if code != 0:
        raise trouble("PostgreSQL could not make its cluster", said)


def ensure_running(place: Place, *, durable: bool, timeout_s: float = 60.0) -> Postmaster:
    """The server over this place, started where it is not."""
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        running = find_running(place.data)
        if running is None:
            _launch(place, durable=durable, deadline=deadline)
        elif running.is_ready:
            return running
        time.sleep(_POLL_S)  # it recovers after a crash, or somebody else stops it
    raise trouble(f"PostgreSQL did not get ready within {timeout_s:.0f} s", _log_tail(place))


def _launch(place: Place, *, durable: bool, deadline: float) -> None:
    log = place.folder / "log" / "start.log"
    socket_dir = _socket_dir(place)
    options = server_options(socket_dir=socket_dir, log_dir=log.parent, durable=durable)
    words = [str(place.programs / "pg_ctl"), "start", "-w", "-D", str(place.data)]
    left_s = max(1, round(deadline - time.monotonic()))
    log.unlink(missing_ok=True)
    _drop_old_logs(log.parent)
    disown_stale(place.data)
    # Its pid may belong to a stranger by now, too; no other server ever uses this folder.
    (socket_dir / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)
    command = [*words, "-t", str(left_s), "-l", str(log), "-o", shlex.join(options)]
    code, said = run_as(place.account, command, timeout_s=left_s + 30)
    tail = _log_tail(place)
    orphans_still_write = "pre-existing shared memory block" in tail
    if code != 0 and not orphans_still_write:  # they notice within moments that their server died
        raise trouble("PostgreSQL did not start", f"{said}\n{tail}")


def _log_tail(place: Place) -> str:
    """What the server said before and after its log collector took over."""
    logs = sorted((place.folder / "log").glob("*.log"), key=lambda path: path.stat().st_mtime)
    lines = [path.read_text(errors="replace").splitlines()[-8:] for path in logs[-2:]]
    return "\n".join(line for tail in lines for line in tail)


def _drop_old_logs(log_dir: Path) -> None:
    """The server empties a weekday's file at midnight only; one that slept then would add to it."""
    for path in log_dir.glob("server-*.log"):
        if path.stat().st_mtime < time.time() - _LOG_KEPT_S:
            path.unlink()


def _socket_dir(place: Place) -> Path:
    """In the cluster's folder where the path is short and plain, else a private temporary one."""
    own = place.folder / "run"
    length = len(os.fsencode(own / f".s.PGSQL.{PORT}"))
    if length <= _SOCKET_PATH_BYTES and _SAFE_SOCKET_DIR.fullmatch(str(own)):
        return own
    left = read_pid_file(place.data)  # of a server that was killed: its folder serves again
    if left and _is_private(left.socket_dir, place.account):
        return left.socket_dir
    made = Path(mkdtemp(prefix="baton-"))
    if not place.account.is_self:
        os.chown(made, place.account.uid, place.account.gid)
    if not can_enter(place.account, made):
        made.rmdir()
        raise NotSetUp(f"{place.account.name} cannot enter {made.parent}: set TMPDIR to another.")
    return made


def _is_private(folder: Path, account: Account) -> bool:
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return False
    return found.st_uid == account.uid and found.st_mode == stat.S_IFDIR | 0o700
