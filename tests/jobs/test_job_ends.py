"""Each attempt leaves its end, and nothing else, for a day."""

from datetime import timedelta

from live import Database

from service.db.doors import Doors
from service.db.job_health import Ended, count_jobs, record_end

OLD = b"INSERT INTO app.job_end (at, task, outcome) VALUES (now() - %s, 'read_source', 'failed')"


async def test_ends_are_counted_and_forgotten_after_a_day(doors: Doors, database: Database) -> None:
    with database.connect() as connection:
        connection.execute("TRUNCATE app.job_end")
        for hours in (2, 25):
            connection.execute(OLD, [timedelta(hours=hours)])
    async with doors.system_transaction() as system:
        for ended in (Ended.DONE, Ended.AGAIN, Ended.FAILED):
            await record_end(system, task="read_source", ended=ended)
        counts = await count_jobs(system)
    assert (counts.ended_lately, counts.failed_lately, counts.failed_last_hour) == (3, 2, 1)
    with database.connect() as connection:
        assert connection.execute("SELECT count(*) FROM app.job_end").fetchone() == (4,)
