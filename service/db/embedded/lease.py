"""The right to use a data folder's server: it runs as long as anybody holds a lease."""

import shutil
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from subprocess import CalledProcessError
from types import TracebackType
from typing import Self

from service.db.embedded.cluster import Cluster
from service.db.embedded.keeper import ensure_keeper
from service.db.embedded.locks import FileLock, held_alone
from service.db.embedded.place import Place, find_place, private_folder, recorded_folder
from service.db.embedded.postmaster import find_running, stop
from service.db.embedded.roles import prepare
from service.db.embedded.secret_file import Secrets, secrets
from service.db.embedded.start import ensure_running, make_cluster
from service.errors import NotSetUp

_WAIT_S = 180.0  # longer than the longest start or stop of another process
_LOOK_S = 0.5  # the keeper holds the users' lock for a moment when the last user goes


@dataclass(frozen=True, slots=True)
class Lease:
    """Held until released, or until the process ends in any way."""

    cluster: Cluster
    lock: FileLock

    def release(self) -> None:
        """Twice is fine. The server stops some seconds after its last user let go."""
        self.lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def acquire(
    data_dir: Path, *, major: int = 18, durable: bool = True, linger_s: float = 2.0
) -> Lease:
    """Use the server of this data folder; the first user makes and starts it.

    Also brings back a server that died while its users live: acquire again and release. With
    `durable=False` a power cut may lose everything: for tests.
    """
    try:
        return _acquire(data_dir, major=major, durable=durable, linger_s=linger_s)
    except TimeoutError as error:
        raise NotSetUp(f"Another process has been starting the server for long: {error}") from error
    except CalledProcessError as error:
        raise NotSetUp(f"The keeper did not start: see {data_dir / 'keeper.log'}.") from error
    except OSError as error:
        why = f"The data folder cannot be used ({error}): BATON_DATA_DIR must be ours to write."
        raise NotSetUp(why) from error


def _acquire(data_dir: Path, *, major: int, durable: bool, linger_s: float) -> Lease:
    folder = private_folder(data_dir)
    with ExitStack() as undo:
        users = undo.enter_context(closing(FileLock(folder / "users.lock")))
        users.take_shared(timeout_s=_WAIT_S)
        with held_alone(folder / "start.lock", timeout_s=_WAIT_S):
            kept = secrets(folder)
            place = _made_place(folder, kept, major=major, durable=durable)
            ensure_keeper(folder, place.data, linger_s=linger_s)  # first: we may die in mid-start
            cluster = _serve(folder, place, kept=kept, durable=durable)
        undo.pop_all()
    return Lease(cluster, users)


def _made_place(data_dir: Path, kept: Secrets, *, major: int, durable: bool) -> Place:
    place = find_place(data_dir, major=major)
    if place.data.exists():
        _refuse_other_major(place, major)
    else:
        make_cluster(place, kept.superuser, major=major, durable=durable)
    return place


def _serve(data_dir: Path, place: Place, *, kept: Secrets, durable: bool) -> Cluster:
    running = ensure_running(place, durable=durable)
    cluster = _cluster(data_dir, place, kept=kept, socket_dir=running.socket_dir)
    try:
        prepare(cluster)
    except NotSetUp:
        if find_running(place.data) is not None:
            raise
        ensure_running(place, durable=durable)  # it was dying when we looked
        prepare(cluster)
    return cluster


def _cluster(data_dir: Path, place: Place, *, kept: Secrets, socket_dir: Path) -> Cluster:
    return Cluster(
        data_dir=data_dir,
        folder=place.folder,
        socket_dir=socket_dir,
        programs=place.programs,
        secrets=kept,
        notices=place.notices,
    )


def _refuse_other_major(place: Place, major: int) -> None:
    found = (place.data / "PG_VERSION").read_text().strip()
    if found != str(major):
        why = f"{place.data} was made by PostgreSQL {found}, and this is {major}"
        raise NotSetUp(f"{why}: dump it with {found} and restore it into a new data folder.")


def remove_cluster(data_dir: Path) -> None:
    """Stop the server and delete its files, wherever they lie; refused while anybody uses it."""
    with held_alone(data_dir / "start.lock", timeout_s=_WAIT_S), ExitStack() as held:
        users = held.enter_context(closing(FileLock(data_dir / "users.lock")))
        try:
            users.take_exclusive(timeout_s=_LOOK_S)
        except TimeoutError as error:
            raise NotSetUp(f"The server of {data_dir} is in use.") from error
        folder = recorded_folder(data_dir)
        stop(folder / "data")
        if folder.exists():
            shutil.rmtree(folder)
        (data_dir / "cluster.json").unlink(missing_ok=True)
