"""Tables that are read before the workspace is known: no policy, the system role only."""

from sqlalchemy import (
    ARRAY,
    Column,
    Index,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from service.db.columns import metadata, moment

workspace = Table(
    "workspace",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    moment("created_at", default_now=True),
    UniqueConstraint("name"),
)

api_key = Table(
    "api_key",
    metadata,
    Column("id", Text, primary_key=True),
    Column("workspace_id", Uuid, nullable=False),
    Column("secret_hash", LargeBinary, nullable=False),
    Column("pepper_version", SmallInteger, nullable=False),
    Column("scopes", ARRAY(Text), nullable=False),
    Column("label", Text, nullable=False),
    moment("created_at", default_now=True),
    moment("expires_at", nullable=True),
    moment("revoked_at", nullable=True),
    moment("last_used_at", nullable=True),
)

# Which workspace the address of a hook leads to.
hook_id = Table(
    "hook_id",
    metadata,
    Column("id", Text, primary_key=True),
    Column("workspace_id", Uuid, nullable=False),
    Column("provider", Text, nullable=False),
    moment("created_at", default_now=True),
)

# How an attempt ended, for a day: no workspace and no id, so there is nothing behind a wall.
job_end = Table(
    "job_end",
    metadata,
    moment("at", default_now=True),
    Column("task", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Index(None, "at"),
)

# What was erased, by hash only: a restored backup is held to it before the server opens.
erasure = Table(
    "erasure",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("workspace_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject_hash", LargeBinary, nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=True),
    moment("begun_at", default_now=True),
    moment("done_at", nullable=True),
    Column("removed", JSONB, nullable=True),
    Index(None, "workspace_id"),
)

LOCAL = frozenset({"workspace", "api_key", "hook_id", "job_end", "erasure"})
"""They belong to no workspace's wall; the app's role may not touch them."""
