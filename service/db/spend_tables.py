"""The table of what requests to models cost."""

from sqlalchemy import Column, Double, Index, Integer, PrimaryKeyConstraint, Table, Text, Uuid, text

from service.db.columns import metadata, moment, outlives, workspace_id

# What was spent stays counted when its source is erased; nothing says then whose it was.
spend = Table(
    "spend",
    metadata,
    workspace_id(),
    Column("id", Uuid, nullable=False),
    Column("subject_id", Uuid, nullable=True),
    Column("run_id", Uuid, nullable=True),
    Column("model", Text, nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("tokens_cached", Integer, nullable=False, server_default=text("0")),
    Column("cost_usd", Double, nullable=False),
    moment("settled_at", nullable=True),
    moment("created_at", default_now=True),
    PrimaryKeyConstraint("workspace_id", "id"),
    outlives("source", "subject_id"),
    outlives("run", "run_id"),
    Index(None, "workspace_id", "created_at"),
    Index(None, "workspace_id", "run_id"),
    Index(None, "workspace_id", "subject_id"),
)
