"""Tables of what changes a note: what re-runs propose, and every change of a claim."""

from sqlalchemy import (
    ARRAY,
    Column,
    Double,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    Uuid,
)
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB

from service.db.columns import NO_JSON, belongs_to, metadata, moment, workspace_id

# Claims are stored as the gate made them, with spans: a quote is read from its turn here too.
proposal = Table(
    "proposal",
    metadata,
    workspace_id(),
    Column("id", Uuid, nullable=False),
    Column("source_id", Uuid, nullable=False),
    Column("state", Text, nullable=False),
    Column("run_id", Uuid, nullable=True),
    Column("base_version", Integer, nullable=True),
    Column("claims", JSONB, nullable=False, server_default=NO_JSON),
    Column("notices", JSONB, nullable=False, server_default=NO_JSON),
    Column("unread_turns", ARRAY(Integer), nullable=False, server_default=sql("'{}'")),
    Column("difference", JSONB(none_as_null=True), nullable=True),
    Column("estimated_usd", Double, nullable=False, server_default=sql("0")),
    Column("error", JSONB(none_as_null=True), nullable=True),
    Column("attempts", SmallInteger, nullable=False, server_default=sql("0")),
    Column("attempt", Uuid, nullable=True),
    Column("waits", SmallInteger, nullable=False, server_default=sql("0")),
    moment("waiting_since", nullable=True),
    Column("by", Text, nullable=True),
    Column("comment", Text, nullable=True),
    Column("key_id", Text, nullable=True),
    moment("decided_at", nullable=True),
    moment("created_at", default_now=True),
    PrimaryKeyConstraint("workspace_id", "id"),
    belongs_to("source", "source_id"),
    belongs_to("run", "run_id"),
    Index(None, "workspace_id", "source_id", "created_at"),
    Index(None, "workspace_id", "state"),
    Index(None, "workspace_id", "run_id"),
)

# `before` holds what the change replaced: with it every version of a claim can be read.
claim_change = Table(
    "claim_change",
    metadata,
    workspace_id(),
    Column("claim_id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("source_id", Uuid, nullable=False),
    Column("rule", Text, nullable=False),
    Column("by", Text, nullable=True),
    Column("comment", Text, nullable=True),
    Column("key_id", Text, nullable=True),
    Column("before", JSONB, nullable=False),
    moment("created_at", default_now=True),
    PrimaryKeyConstraint("workspace_id", "claim_id", "version"),
    belongs_to("claim", "claim_id"),
    belongs_to("source", "source_id"),
    Index(None, "workspace_id", "source_id"),
)
