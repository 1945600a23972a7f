"""Whether the database, its roles, its worker and its evidence are well; each with its mend."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.actions.job_health import find_job_counts, judge
from service.db import audit, checkup, keys, migrate
from service.db.checkup import Look
from service.db.doors import Doors
from service.errors import Unavailable

OLDEST_SERVER = 160000
OLDEST_VECTOR = (0, 8)
CLOCK_APART_S = 5.0


class Verdict(StrEnum):
    """How one thing is."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at."""

    name: str
    verdict: Verdict
    detail: str
    mend: str = ""
    stops: bool = False
    """Nothing starts until it is mended."""


def expect(name: str, *, is_well: bool, detail: str, mend: str, stops: bool = True) -> Check:
    """A check that is either well or wrong."""
    if is_well:
        return Check(name, Verdict.OK, detail)
    return Check(name, Verdict.WRONG, detail, mend, stops)


async def check_database(urls: Mapping[str, str], *, clock: Callable[[], datetime]) -> list[Check]:
    """Each door by its own role, then what all of them see alike."""
    checks, looks = list[Check](), list[Look]()
    for door, url in urls.items():
        asked_at = clock()
        try:
            found = await checkup.look(url)
        except Unavailable as error:
            checks.append(_unreachable(door, error))
            continue
        middle = asked_at + (clock() - asked_at) / 2
        checks += [_reached(door, found), _role(door, found)]
        checks += [] if looks else [*_server(found), _clock((found.now - middle).total_seconds())]
        looks.append(found)
    return checks


def _unreachable(door: str, error: Unavailable) -> Check:
    return Check(
        f"database ({door})",
        Verdict.WRONG,
        error.detail,
        "Is the server up, and does the URL hold its address, role and password? docs/database.md",
        stops=True,
    )


def _reached(door: str, found: Look) -> Check:
    return Check(f"database ({door})", Verdict.OK, f"PostgreSQL {found.version} as {found.role}")


def _role(door: str, found: Look) -> Check:
    """No role of ours passes the wall; only the owner owns; only the app reads text."""
    signs = {
        "is a superuser": found.is_superuser,
        "passes row-level security": found.passes_wall,
        "may make roles": found.makes_roles,
        "owns the tables": door != "owner" and found.owns_tables,
        "can read text of sources": door == "system" and found.reads_text,
    }
    wrong = [sign for sign, is_so in signs.items() if is_so]
    return expect(
        f"role ({door})",
        is_well=not wrong,
        detail=f"{found.role} {', '.join(wrong) or 'is an ordinary role'}",
        mend=f"Use the role baton_{door}, made as docs/database.md says.",
    )


def _server(found: Look) -> list[Check]:
    vector = tuple(int(part) for part in (found.vector or "0").split(".")[:2] if part.isdigit())
    return [
        expect(
            "PostgreSQL",
            is_well=found.version_number >= OLDEST_SERVER,
            detail=found.version,
            mend="Version 16 or later is needed.",
        ),
        expect(
            "pgvector",
            is_well=vector >= OLDEST_VECTOR,
            detail=found.vector or "not there",
            mend="0.8 or later is needed. As a superuser: CREATE EXTENSION vector, or ALTER"
            " EXTENSION vector UPDATE.",
        ),
        expect(
            "migrations",
            is_well=found.revision == migrate.head(),
            detail=f"at {found.revision or 'none'}, the code at {migrate.head()}",
            mend="Run `baton migrate`; where the database is ahead, install its version of Baton.",
        ),
        expect(
            "workspace wall",
            is_well=not found.unwalled,
            detail=f"open: {', '.join(found.unwalled)}" if found.unwalled else "closed everywhere",
            mend="As the owner: ALTER TABLE app.NAME ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL"
            " SECURITY.",
        ),
    ]


def _clock(apart_s: float) -> Check:
    detail = f"{abs(apart_s):.1f} s apart from the database's"
    if abs(apart_s) <= CLOCK_APART_S:
        return Check("clock", Verdict.OK, detail)
    mend = "Set both by NTP: expiry of keys and heartbeats of workers are read from them."
    return Check("clock", Verdict.WARNING, detail, mend)


async def check_work(doors: Doors, *, alive_s: float, wait_limit_s: int) -> list[Check]:
    """The worker, the jobs, and what stands in each workspace."""
    health = judge(await find_job_counts(doors), wait_limit_s=wait_limit_s)
    age_s = await find_heartbeat_age(doors)
    is_alive = age_s is not None and age_s < alive_s
    return [
        _worker(age_s, is_alive=is_alive, waiting=health.waiting),
        _waiting(health.waiting, health.oldest_s, is_late="oldest_s" in health.red),
        expect(
            "stalled jobs",
            is_well=not health.stalled,
            detail=str(health.stalled),
            mend="A living worker queues them again within seconds: `baton worker`.",
            stops=False,
        ),
        *await _sources(doors),
    ]


async def find_heartbeat_age(doors: Doors) -> float | None:
    """Seconds since any worker said that it lives; None where there is none at all."""
    async with doors.system_transaction() as system:
        return await checkup.find_heartbeat_age(system)


def _worker(age_s: float | None, *, is_alive: bool, waiting: int) -> Check:
    detail = "there is none" if age_s is None else f"last heartbeat {age_s:.0f} s ago"
    if is_alive:
        return Check("worker", Verdict.OK, detail)
    mend = "`baton serve` or `baton worker` reads what is uploaded."
    return Check("worker", Verdict.WRONG if waiting else Verdict.WARNING, detail, mend)


def _waiting(waiting: int, oldest_s: float, *, is_late: bool) -> Check:
    detail = f"{waiting}, the oldest for {oldest_s:.0f} s" if waiting else "none"
    if not is_late:
        return Check("waiting jobs", Verdict.OK, detail)
    return Check("waiting jobs", Verdict.WARNING, detail, "Start a worker, or one more.")


async def _sources(doors: Doors) -> list[Check]:
    """Over all workspaces, each behind its own wall."""
    async with doors.system_transaction() as system:
        workspaces = await keys.list_workspaces(system)
    failed = outside = 0
    for row in workspaces:
        async with doors.workspace_transaction(row.id) as tx:
            failed += await checkup.count_failed(tx, row.id)
            await checkup.allow_minutes(tx)
            outside += len(await audit.find_bad_spans(tx, row.id))
    return [
        Check(
            "sources",
            Verdict.WARNING if failed else Verdict.OK,
            f"{failed} could not be read, in {len(workspaces)} workspaces",
            "GET /v1/sources?status=failed says why each." if failed else "",
        ),
        expect(
            "evidence",
            is_well=not outside,
            detail=f"{outside} spans lie outside their turns" if outside else "every span fits",
            mend="Text was changed past Baton: restore a backup.",
            stops=False,
        ),
    ]
