"""The first schema: jobs, keys, and everything behind the workspace wall."""

from pathlib import Path

import procrastinate.schema

from service.db.migrations.script import run_script

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Jobs first: the grants of our own tables name them."""
    run_script(procrastinate.schema.SchemaManager.get_schema())
    run_script(Path(__file__).with_name("0001_first.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Everything goes; the roles and the vector extension belong to the server and stay."""
    run_script(
        "DROP SCHEMA app CASCADE;"
        "DROP TABLE procrastinate_periodic_defers, procrastinate_events, procrastinate_jobs,"
        " procrastinate_workers CASCADE;"
        "DO $$ DECLARE f record; BEGIN"
        " FOR f IN SELECT oid::regprocedure AS name FROM pg_proc"
        " WHERE proname LIKE 'procrastinate\\_%' LOOP"
        " EXECUTE 'DROP FUNCTION ' || f.name || ' CASCADE'; END LOOP; END $$;"
        "DROP TYPE procrastinate_job_to_defer_v1, procrastinate_job_status,"
        " procrastinate_job_event_type CASCADE;"
    )
