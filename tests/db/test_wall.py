"""The workspace wall: held by Postgres itself, whatever the query forgets."""

import asyncio
import random
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from live import Database

from service.db.columns import metadata
from service.db.doors import Doors, require_current
from service.db.tables import WALLED, customer

LOCAL = {"workspace", "api_key", "hook_id", "job_end", "erasure"}
"""Read before the workspace is known; the app role may not touch them."""


def test_every_table_is_walled_or_on_the_list(database: Database) -> None:
    query = """
        SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity,
            array(SELECT qual || '|' || with_check FROM pg_policies p
                WHERE p.schemaname = 'app' AND p.tablename = c.relname)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'app' AND c.relkind = 'r'
    """
    rule = "(workspace_id = app.workspace())"
    with database.connect() as connection:
        found = {row[0]: row[1:] for row in connection.execute(query)}
    assert set(found) == {table.name for table in metadata.tables.values()}
    for name, (enabled, forced, policies) in found.items():
        walled = name not in LOCAL
        assert (enabled, forced) == (walled, walled), name
        assert policies == ([f"{rule}|{rule}"] if walled else []), name


def test_every_key_of_a_walled_table_leads_with_the_workspace(database: Database) -> None:
    query = """
        SELECT c.conname, c.contype::text, a.attname FROM pg_constraint c
        JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = c.conkey[1]
        WHERE n.nspname = 'app' AND c.contype IN ('p', 'u', 'f') AND t.relname <> ALL(%s)
    """
    with database.connect() as connection:
        rows = connection.execute(query, [list(LOCAL)]).fetchall()
    assert len(rows) > len(WALLED)
    assert {row[2] for row in rows} == {"workspace_id"}


def test_roles_own_nothing_and_pass_no_wall(database: Database) -> None:
    query = """
        SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole,
            (SELECT count(*) FROM pg_class WHERE relowner = r.oid)
        FROM pg_roles r WHERE rolname IN ('baton_app', 'baton_system')
    """
    with database.connect() as connection:
        rows = connection.execute(query).fetchall()
    assert sorted(rows) == [
        ("baton_app", False, False, False, False, 0),
        ("baton_system", False, False, False, False, 0),
    ]


def test_no_triggers_and_no_definer_functions(database: Database) -> None:
    with database.connect() as connection:
        triggers = connection.execute(
            "SELECT count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'app' AND NOT t.tgisinternal"
        ).fetchone()
        definers = connection.execute(
            "SELECT count(*) FROM pg_proc WHERE prosecdef"
            " AND pronamespace::regnamespace::text IN ('app', 'public')"
        ).fetchone()
    assert (triggers, definers) == ((0,), (0,))


async def _add(doors: Doors, workspace_id: UUID, ref: str) -> None:
    async with doors.workspace_transaction(workspace_id) as tx:
        row = {"workspace_id": workspace_id, "id": uuid4(), "ref": ref}
        await tx.execute(customer.insert().values(row))


async def test_a_query_that_forgets_the_workspace_sees_its_own_rows_only(doors: Doors) -> None:
    ours, theirs = uuid4(), uuid4()
    await _add(doors, ours, "ours")
    await _add(doors, theirs, "theirs")
    async with doors.workspace_transaction(ours) as tx:
        assert list(await tx.scalars(sa.select(customer.c.ref))) == ["ours"]


async def test_outside_a_workspace_there_is_nothing(doors: Doors) -> None:
    await _add(doors, uuid4(), "somebody")
    async with doors.app.connect() as connection:
        assert await connection.scalar(sa.select(sa.func.count()).select_from(customer)) == 0


async def test_nobody_writes_into_another_workspace(doors: Doors) -> None:
    row = {"workspace_id": uuid4(), "id": uuid4(), "ref": "smuggled"}
    with pytest.raises(sa.exc.ProgrammingError, match="row-level security"):
        async with doors.workspace_transaction(uuid4()) as tx:
            await tx.execute(customer.insert().values(row))


@pytest.mark.parametrize("statement", ["UPDATE app.turn SET text = ''", "TRUNCATE app.turn"])
async def test_the_app_cannot_change_what_was_said(doors: Doors, statement: str) -> None:
    with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
        async with doors.workspace_transaction(uuid4()) as tx:
            await tx.execute(sa.text(statement))


@pytest.mark.parametrize("table", ["app.api_key", "procrastinate_jobs"])
async def test_the_app_reads_no_keys_and_no_jobs(doors: Doors, table: str) -> None:
    with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
        async with doors.workspace_transaction(uuid4()) as tx:
            await tx.execute(sa.text(f"SELECT * FROM {table}"))  # noqa: S608 - two fixed names


@pytest.mark.parametrize("table", [table.name for table in WALLED])
async def test_the_system_door_reads_no_text(doors: Doors, table: str) -> None:
    with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
        async with doors.system_transaction() as system:
            await system.execute(sa.text(f"SELECT * FROM app.{table}"))  # noqa: S608 - our tables


async def test_mixed_tasks_on_few_connections_never_mix(doors: Doors) -> None:
    chance = random.Random(7)  # noqa: S311 - a seed for repeatable order
    spaces = [uuid4() for _ in range(8)]
    for space in spaces:
        await _add(doors, space, str(space))

    turns = asyncio.Semaphore(20)

    async def task() -> None:
        space = chance.choice(spaces)
        try:
            async with turns, doors.workspace_transaction(space) as tx:
                refs = list(await tx.scalars(sa.select(customer.c.ref)))
                assert refs == [str(space)]
                await asyncio.sleep(chance.random() / 1000)
                if chance.random() < 0.2:
                    await tx.execute(sa.text("SELECT 1 / 0"))
        except sa.exc.DataError:
            return

    await asyncio.gather(*(task() for _ in range(600)))


async def test_a_role_that_passes_the_wall_is_refused(database: Database) -> None:
    from service.db.doors import open_doors
    from service.errors import NotSetUp

    superuser = database.cluster.superuser_url(database.name)
    opened = open_doors(superuser, superuser, size=1)
    with pytest.raises(NotSetUp, match="row-level security"):
        await require_current(opened)
    await opened.close()
