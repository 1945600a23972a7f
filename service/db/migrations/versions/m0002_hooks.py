"""Hooks of recorders and mail gateways."""

from pathlib import Path

from service.db.migrations.script import run_script

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Beside what is there: no table of before is changed."""
    run_script(Path(__file__).with_name("0002_hooks.sql").read_text(encoding="utf-8"))


def downgrade() -> None:
    """Sources that are still pending stay, and wait for an upload."""
    run_script("DROP TABLE app.announcement, app.hook_call, app.hook, app.hook_id;")
