"""`baton doctor`: what is there, what is not, and the mend."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import typer
from rich.console import Group
from rich.text import Text

from service.actions.checkup import Check, Verdict, check_database, check_work
from service.actions.checkup_folders import check_folders
from service.actions.leaving import lines, what_leaves
from service.cli.options import AsJson
from service.cli.printing import console, print_json
from service.cli.waiting import ALIVE_S
from service.db.doors import open_doors
from service.demo.plain import plain
from service.embed.load import load_chosen
from service.errors import EmbedderDown, NotSetUp
from service.settings import Settings
from service.wiring import Place, open_place, purse_of

_STYLES = {Verdict.OK: "green", Verdict.WARNING: "yellow", Verdict.WRONG: "bold red"}


def doctor(*, as_json: AsJson = False) -> None:
    """Look whether everything that Baton needs is there and well.

    It changes nothing. Exit code 0: nothing is wrong; 1: something is; 3: Baton cannot start.

    Example: baton doctor --json
    """
    settings = Settings()
    checks = [_extractor(settings), _embedder(settings), *_look(settings)]
    worst = _worst(checks)
    if as_json:
        print_json({"state": worst, "checks": [asdict(one) for one in checks]})
    else:
        console().print(*(_line(one) for one in checks), sep="\n", soft_wrap=True)
    raise typer.Exit(_code(checks))


def _look(settings: Settings) -> list[Check]:
    """Where nothing was ever set up, nothing is made in passing."""
    is_embedded = settings.database_url is None
    try:
        checks = check_folders(settings.data_dir.absolute(), is_embedded=is_embedded)
        if any(one.stops and one.verdict is Verdict.WRONG for one in checks):
            return checks
        with open_place(settings) as place:
            return [_kind(place), *checks, *asyncio.run(_look_inside(settings, place))]
    except NotSetUp as error:
        return [Check("database", Verdict.WRONG, str(error), stops=True)]


def _kind(place: Place) -> Check:
    kind = "embedded" if place.is_embedded else "your own: BATON_DATABASE_URL"
    return Check("kind of database", Verdict.OK, " ".join((kind, *place.notices)))


async def _look_inside(settings: Settings, place: Place) -> list[Check]:
    urls = {"app": place.app_url, "system": place.system_url}
    if place.owner_url is not None:
        urls["owner"] = place.owner_url
    checks = await check_database(urls, clock=lambda: datetime.now(UTC))
    if any(one.verdict is Verdict.WRONG for one in checks):
        return checks
    doors = open_doors(place.app_url, place.system_url, size=1)
    try:
        limit_s = settings.jobs_wait_limit_s
        return [*checks, *await check_work(doors, alive_s=ALIVE_S, wait_limit_s=limit_s)]
    finally:
        await doors.close()


def _extractor(settings: Settings) -> Check:
    """Who reads, and what leaves the machine for it; no server is asked."""
    try:
        purse_of(settings)
        said = " ".join(lines(what_leaves(settings)))
    except NotSetUp as error:
        return Check("extractor", Verdict.WRONG, str(error), stops=True)
    return Check("extractor", Verdict.OK, f"{settings.extractor}. {said}")


def _embedder(settings: Settings) -> Check:
    """Its cache is left in the data folder only where there is one."""
    here = settings.data_dir.absolute()
    with TemporaryDirectory() as spare:
        cache = here / "models" if here.is_dir() else Path(spare)
        try:
            loaded = load_chosen(settings, cache_dir=cache)
            detail = f"{loaded.embedder.name}, {loaded.embedder.width} dimensions"
        except NotSetUp as error:
            return Check("embedder", Verdict.WRONG, str(error), stops=True)
        except EmbedderDown as error:
            return Check("embedder", Verdict.WRONG, error.detail, error.mend)
    for notice in loaded.notices:
        return Check("embedder", Verdict.WARNING, f"{detail}. {notice.detail}", notice.mend)
    return Check("embedder", Verdict.OK, detail)


def _worst(checks: Sequence[Check]) -> Verdict:
    found = {one.verdict for one in checks}
    return next(one for one in reversed(Verdict) if one in found)


def _code(checks: Sequence[Check]) -> int:
    wrong = [one for one in checks if one.verdict is Verdict.WRONG]
    if any(one.stops for one in wrong):
        return 3
    return 1 if wrong else 0


def _line(check: Check) -> Group:
    head = Text.assemble(
        (f"{check.verdict:<8}", _STYLES[check.verdict]), f"{check.name:<26}{plain(check.detail)}"
    )
    mend = [Text(f"{'':<8}{'':<26}mend: {plain(check.mend)}")] if check.mend else []
    return Group(head, *mend)
