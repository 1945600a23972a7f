"""Jobs in states that take minutes to come about, put into the tables of the queue."""

from live import Server

JOB = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, status, scheduled_at)
    VALUES ('sources', 'read_source', 'todo', now() + make_interval(secs => %s))
"""
WAITED = "UPDATE procrastinate_events SET at = now() - make_interval(secs => %s)"
TAKEN = """
    WITH worker AS (
        INSERT INTO procrastinate_workers (last_heartbeat)
        VALUES (now() - make_interval(secs => %s)) RETURNING id
    )
    UPDATE procrastinate_jobs SET status = 'doing', worker_id = worker.id FROM worker
"""
ENDED = "INSERT INTO app.job_end (at, task, outcome) VALUES (now(), 'read_source', %s)"


def run(server: Server, *statements: tuple[str, object]) -> None:
    """Each statement with its one value, one after the other."""
    with server.database.connect() as connection:
        for statement, value in statements:
            connection.execute(statement.encode(), [value])
