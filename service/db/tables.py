"""The tables, as SQLAlchemy sees them; the migrations make them, a test holds the two together.

Every table of a workspace leads its primary, unique and foreign keys with `workspace_id`, so that
the same schema shards by workspace. Text stands in one place only: a quote is read from its turn,
a window from its turns.
"""

from typing import Any, TypeAlias

from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Row,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

metadata = MetaData(
    schema="app",
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "fk": "%(table_name)s_%(referred_table_name)s_fkey",
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        "ck": "%(table_name)s_%(constraint_name)s_check",
    },
)

_NOW = text("now()")
_HERE = text("app.workspace()")
_NO_JSON = text("'[]'::jsonb")


def _workspace_id() -> Column[object]:
    return Column("workspace_id", Uuid, nullable=False, server_default=_HERE)


def _belongs_to(table: str, *columns: str, key: tuple[str, ...] = ("id",)) -> ForeignKeyConstraint:
    """A row that goes when the row it belongs to goes."""
    return ForeignKeyConstraint(
        ("workspace_id", *columns),
        [f"app.{table}.workspace_id", *(f"app.{table}.{name}" for name in key)],
        ondelete="CASCADE",
    )


def _time(name: str, *, nullable: bool = False, default_now: bool = False) -> Column[object]:
    default = _NOW if default_now else None
    return Column(name, DateTime(timezone=True), nullable=nullable, server_default=default)


# --- read before the workspace is known: no policy, the system role only -------------------------

workspace = Table(
    "workspace",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    _time("created_at", default_now=True),
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
    _time("created_at", default_now=True),
    _time("expires_at", nullable=True),
    _time("revoked_at", nullable=True),
    _time("last_used_at", nullable=True),
)

# How an attempt ended, for a day: no workspace and no id, so there is nothing behind a wall.
job_end = Table(
    "job_end",
    metadata,
    _time("at", default_now=True),
    Column("task", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Index(None, "at"),
)

# --- behind the workspace wall --------------------------------------------------------------------

preference = Table(
    "preference",
    metadata,
    _workspace_id(),
    Column("vendor_domains", ARRAY(Text), nullable=False),
    Column("vendor_names", ARRAY(Text), nullable=False),
    Column("requires_consent", Boolean, nullable=False),
    PrimaryKeyConstraint("workspace_id"),
)

customer = Table(
    "customer",
    metadata,
    _workspace_id(),
    Column("id", Uuid, nullable=False),
    Column("ref", Text, nullable=False),
    _time("created_at", default_now=True),
    PrimaryKeyConstraint("workspace_id", "id"),
    UniqueConstraint("workspace_id", "ref"),
)

deal = Table(
    "deal",
    metadata,
    _workspace_id(),
    Column("id", Uuid, nullable=False),
    Column("ref", Text, nullable=False),
    Column("customer_id", Uuid, nullable=True),
    _time("created_at", default_now=True),
    PrimaryKeyConstraint("workspace_id", "id"),
    UniqueConstraint("workspace_id", "ref"),
    _belongs_to("customer", "customer_id"),
    Index(None, "workspace_id", "customer_id"),
)

source = Table(
    "source",
    metadata,
    _workspace_id(),
    Column("id", Uuid, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("error", JSONB, nullable=True),
    Column("title", Text, nullable=True),
    Column("customer_id", Uuid, nullable=True),
    Column("deal_id", Uuid, nullable=True),
    _time("occurred_at", nullable=True),
    Column("external_id", Text, nullable=True),
    Column("replaces", Uuid, nullable=True),
    Column("consent", Boolean, nullable=True),
    Column("content_hash", LargeBinary, nullable=False),
    Column("stated", JSONB, nullable=False, server_default=_NO_JSON),
    Column("participants", JSONB, nullable=False, server_default=_NO_JSON),
    Column("notices", JSONB, nullable=False, server_default=_NO_JSON),
    Column("attempts", SmallInteger, nullable=False, server_default=text("0")),
    Column("attempt", Uuid, nullable=True),
    _time("created_at", default_now=True),
    PrimaryKeyConstraint("workspace_id", "id"),
    UniqueConstraint("workspace_id", "content_hash", "deal_id", postgresql_nulls_not_distinct=True),
    _belongs_to("customer", "customer_id"),
    _belongs_to("deal", "deal_id"),
    Index(None, "workspace_id", "created_at", "id"),
    Index(None, "workspace_id", "external_id"),
    Index(None, "workspace_id", "replaces"),
    Index(None, "workspace_id", "customer_id"),
    Index(None, "workspace_id", "deal_id"),
)

original = Table(
    "original",
    metadata,
    _workspace_id(),
    Column("source_id", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
    Column("filename", Text, nullable=True),
    Column("content_hash", LargeBinary, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("workspace_id", "source_id", "number"),
    _belongs_to("source", "source_id"),
    Index(None, "workspace_id", "content_hash"),
)

mention = Table(
    "mention",
    metadata,
    _workspace_id(),
    Column("source_id", Uuid, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("is_own", Boolean, nullable=False),
    PrimaryKeyConstraint("workspace_id", "source_id", "message_id"),
    _belongs_to("source", "source_id"),
    Index(None, "workspace_id", "message_id"),
)

idempotency = Table(
    "idempotency",
    metadata,
    _workspace_id(),
    Column("key", Text, nullable=False),
    Column("request_hash", LargeBinary, nullable=False),
    Column("source_id", Uuid, nullable=False),
    _time("created_at", default_now=True),
    PrimaryKeyConstraint("workspace_id", "key"),
    _belongs_to("source", "source_id"),
    Index(None, "workspace_id", "source_id"),
)

turn = Table(
    "turn",
    metadata,
    _workspace_id(),
    Column("source_id", Uuid, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("speaker", Text, nullable=True),
    Column("email", Text, nullable=True),
    Column("side", Text, nullable=False),
    Column("side_rule", Text, nullable=False),
    Column("start_s", Double, nullable=True),
    Column("end_s", Double, nullable=True),
    _time("sent_at", nullable=True),
    Column("text", Text, nullable=False),
    PrimaryKeyConstraint("workspace_id", "source_id", "turn"),
    _belongs_to("source", "source_id"),
)

run = Table(
    "run",
    metadata,
    _workspace_id(),
    Column("id", Uuid, nullable=False),
    Column("source_id", Uuid, nullable=False),
    Column("extractor", Text, nullable=False),
    Column("model", Text, nullable=True),
    Column("prompt_version", Text, nullable=True),
    Column("code_version", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("uncovered_turns", ARRAY(Integer), nullable=False),
    Column("rejected", JSONB, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("cost_usd", Double, nullable=False),
    Column("seconds", Double, nullable=False),
    _time("created_at", default_now=True),
    PrimaryKeyConstraint("workspace_id", "id"),
    _belongs_to("source", "source_id"),
    Index(None, "workspace_id", "source_id", "created_at"),
)

note = Table(
    "note",
    metadata,
    _workspace_id(),
    Column("id", Uuid, nullable=False),
    Column("source_id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("run_id", Uuid, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("absent", JSONB, nullable=False),
    Column("notices", JSONB, nullable=False, server_default=_NO_JSON),
    _time("created_at", default_now=True),
    PrimaryKeyConstraint("workspace_id", "id"),
    UniqueConstraint("workspace_id", "source_id", "version"),
    _belongs_to("source", "source_id"),
    _belongs_to("run", "run_id"),
    Index(None, "workspace_id", "run_id"),
)

claim = Table(
    "claim",
    metadata,
    _workspace_id(),
    Column("id", Uuid, nullable=False),
    Column("source_id", Uuid, nullable=False),
    Column("note_id", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
    Column("field", Text, nullable=False),
    Column("statement", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("state_rule", Text, nullable=True),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("confidence", Double, nullable=False),
    _time("stated_at", nullable=True),
    Column("promised_by", Text, nullable=True),
    Column("promised_to", Text, nullable=True),
    Column("due_text", Text, nullable=True),
    Column("due_date", Date, nullable=True),
    Column("due_rule", Text, nullable=True),
    Column("promise_state", Text, nullable=True),
    Column("contract", Text, nullable=True),
    PrimaryKeyConstraint("workspace_id", "id"),
    _belongs_to("source", "source_id"),
    _belongs_to("note", "note_id"),
    Index(None, "workspace_id", "source_id"),
    Index(None, "workspace_id", "note_id"),
)

evidence = Table(
    "evidence",
    metadata,
    _workspace_id(),
    Column("claim_id", Uuid, nullable=False),
    Column("number", SmallInteger, nullable=False),
    Column("source_id", Uuid, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("start_cp", Integer, nullable=False),
    Column("end_cp", Integer, nullable=False),
    PrimaryKeyConstraint("workspace_id", "claim_id", "number"),
    _belongs_to("claim", "claim_id"),
    _belongs_to("turn", "source_id", "turn", key=("source_id", "turn")),
    CheckConstraint("0 <= start_cp AND start_cp < end_cp", name="span"),
    Index(None, "workspace_id", "source_id", "turn"),
)

passage = Table(
    "passage",
    metadata,
    _workspace_id(),
    Column("id", BigInteger, Identity(), nullable=False),
    Column("source_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("claim_id", Uuid, nullable=True),
    Column("block", Integer, nullable=False),
    Column("first_turn", Integer, nullable=False),
    Column("last_turn", Integer, nullable=False),
    Column("start_cp", Integer, nullable=False),
    Column("end_cp", Integer, nullable=False),
    Column("length", Integer, nullable=False),
    Column("has_customer", Boolean, nullable=False),
    Column("has_vendor", Boolean, nullable=False),
    Column("has_unknown", Boolean, nullable=False),
    _time("stated_from", nullable=True),
    _time("stated_to", nullable=True),
    PrimaryKeyConstraint("workspace_id", "id"),
    _belongs_to("source", "source_id"),
    _belongs_to("claim", "claim_id"),
    CheckConstraint("(kind = 'claim') = (claim_id IS NOT NULL)", name="kind"),
    Index(None, "workspace_id", "source_id"),
    Index(None, "workspace_id", "claim_id"),
)

posting = Table(
    "posting",
    metadata,
    _workspace_id(),
    Column("term", Text, nullable=False),
    Column("passage_id", BigInteger, nullable=False),
    Column("tf", SmallInteger, nullable=False),
    Column("head_tf", SmallInteger, nullable=False),
    PrimaryKeyConstraint("workspace_id", "term", "passage_id"),
    _belongs_to("passage", "passage_id"),
    Index(None, "workspace_id", "passage_id"),
)

vector = Table(
    "vector",
    metadata,
    _workspace_id(),
    Column("passage_id", BigInteger, nullable=False),
    Column("model", Text, nullable=False),
    Column("width", SmallInteger, nullable=False),
    Column("embedding", HALFVEC, nullable=False),
    PrimaryKeyConstraint("workspace_id", "passage_id", "model"),
    _belongs_to("passage", "passage_id"),
    CheckConstraint("vector_dims(embedding) = width", name="width"),
)

Record: TypeAlias = Row[*tuple[Any, ...]]
"""A row of any of these tables, or of a join of them."""

Transaction: TypeAlias = AsyncConnection
"""An open transaction behind one of the two doors."""

LOCAL = frozenset({"workspace", "api_key", "job_end"})
"""The tables that belong to no workspace; the app's role may not touch them."""

WALLED = tuple(t for t in metadata.sorted_tables if t.name not in LOCAL)
"""The tables behind the workspace wall, each before those that belong to it."""
