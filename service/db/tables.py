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
    Double,
    Identity,
    Index,
    Integer,
    LargeBinary,
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

from service.db import (  # noqa: F401 - their tables join the metadata
    domain_tables,
    hook_tables,
    proposal_tables,
    reading_tables,
    spend_tables,
)
from service.db.columns import NO_JSON, belongs_to, metadata, moment, workspace_id
from service.db.local_tables import LOCAL

preference = Table(
    "preference",
    metadata,
    workspace_id(),
    Column("vendor_domains", ARRAY(Text), nullable=False),
    Column("vendor_names", ARRAY(Text), nullable=False),
    Column("requires_consent", Boolean, nullable=False),
    Column("budget_day_usd", Double, nullable=True),
    PrimaryKeyConstraint("workspace_id"),
)

customer = Table(
    "customer",
    metadata,
    workspace_id(),
    Column("id", Uuid, nullable=False),
    Column("ref", Text, nullable=False),
    moment("created_at", default_now=True),
    PrimaryKeyConstraint("workspace_id", "id"),
    UniqueConstraint("workspace_id", "ref"),
)

deal = Table(
    "deal",
    metadata,
    workspace_id(),
    Column("id", Uuid, nullable=False),
    Column("ref", Text, nullable=False),
    Column("customer_id", Uuid, nullable=True),
    moment("created_at", default_now=True),
    PrimaryKeyConstraint("workspace_id", "id"),
    UniqueConstraint("workspace_id", "ref"),
    belongs_to("customer", "customer_id"),
    Index(None, "workspace_id", "customer_id"),
)

source = Table(
    "source",
    metadata,
    workspace_id(),
    Column("id", Uuid, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("error", JSONB, nullable=True),
    Column("title", Text, nullable=True),
    Column("customer_id", Uuid, nullable=True),
    Column("deal_id", Uuid, nullable=True),
    moment("occurred_at", nullable=True),
    Column("thread_subject", Text, nullable=True),
    Column("external_id", Text, nullable=True),
    Column("replaces", Uuid, nullable=True),
    Column("consent", Boolean, nullable=True),
    Column("content_hash", LargeBinary, nullable=False),
    Column("stated", JSONB, nullable=False, server_default=NO_JSON),
    Column("participants", JSONB, nullable=False, server_default=NO_JSON),
    Column("notices", JSONB, nullable=False, server_default=NO_JSON),
    Column("attempts", SmallInteger, nullable=False, server_default=text("0")),
    Column("attempt", Uuid, nullable=True),
    Column("estimated_usd", Double, nullable=False, server_default=text("0")),
    Column("waits", SmallInteger, nullable=False, server_default=text("0")),
    moment("waiting_since", nullable=True),
    moment("created_at", default_now=True),
    PrimaryKeyConstraint("workspace_id", "id"),
    UniqueConstraint("workspace_id", "content_hash", "deal_id", postgresql_nulls_not_distinct=True),
    belongs_to("customer", "customer_id"),
    belongs_to("deal", "deal_id"),
    Index(None, "workspace_id", "created_at", "id"),
    Index(None, "workspace_id", "external_id"),
    Index(None, "workspace_id", "replaces"),
    Index(None, "workspace_id", "thread_subject"),
    Index(None, "workspace_id", "customer_id"),
    Index(None, "workspace_id", "deal_id"),
)

original = Table(
    "original",
    metadata,
    workspace_id(),
    Column("source_id", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
    Column("filename", Text, nullable=True),
    Column("content_hash", LargeBinary, nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("workspace_id", "source_id", "number"),
    belongs_to("source", "source_id"),
    Index(None, "workspace_id", "content_hash"),
)

mention = Table(
    "mention",
    metadata,
    workspace_id(),
    Column("source_id", Uuid, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("is_own", Boolean, nullable=False),
    PrimaryKeyConstraint("workspace_id", "source_id", "message_id"),
    belongs_to("source", "source_id"),
    Index(None, "workspace_id", "message_id"),
)

idempotency = Table(
    "idempotency",
    metadata,
    workspace_id(),
    Column("key", Text, nullable=False),
    Column("request_hash", LargeBinary, nullable=False),
    Column("source_id", Uuid, nullable=False),
    moment("created_at", default_now=True),
    PrimaryKeyConstraint("workspace_id", "key"),
    belongs_to("source", "source_id"),
    Index(None, "workspace_id", "source_id"),
)

turn = Table(
    "turn",
    metadata,
    workspace_id(),
    Column("source_id", Uuid, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("speaker", Text, nullable=True),
    Column("email", Text, nullable=True),
    Column("side", Text, nullable=False),
    Column("side_rule", Text, nullable=False),
    Column("start_s", Double, nullable=True),
    Column("end_s", Double, nullable=True),
    moment("sent_at", nullable=True),
    Column("recipients", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("is_internal", Boolean, nullable=False, server_default=text("false")),
    Column("is_quoted", Boolean, nullable=False, server_default=text("false")),
    Column("duplicate_of", Integer, nullable=True),
    Column("text", Text, nullable=False),
    PrimaryKeyConstraint("workspace_id", "source_id", "turn"),
    belongs_to("source", "source_id"),
)

run = Table(
    "run",
    metadata,
    workspace_id(),
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
    moment("created_at", default_now=True),
    PrimaryKeyConstraint("workspace_id", "id"),
    belongs_to("source", "source_id"),
    Index(None, "workspace_id", "source_id", "created_at"),
)

note = Table(
    "note",
    metadata,
    workspace_id(),
    Column("id", Uuid, nullable=False),
    Column("source_id", Uuid, nullable=False),
    Column("version", Integer, nullable=False),
    Column("run_id", Uuid, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("uncovered_turns", ARRAY(Integer), nullable=False, server_default=text("'{}'")),
    Column("absent", JSONB, nullable=False),
    Column("notices", JSONB, nullable=False, server_default=NO_JSON),
    moment("created_at", default_now=True),
    PrimaryKeyConstraint("workspace_id", "id"),
    UniqueConstraint("workspace_id", "source_id", "version"),
    belongs_to("source", "source_id"),
    belongs_to("run", "run_id"),
    Index(None, "workspace_id", "run_id"),
)

claim = Table(
    "claim",
    metadata,
    workspace_id(),
    Column("id", Uuid, nullable=False),
    Column("source_id", Uuid, nullable=False),
    Column("note_id", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
    Column("field", Text, nullable=False),
    Column("statement", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("state_rule", Text, nullable=True),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("pinned", Boolean, nullable=False, server_default=text("false")),
    Column("confidence", Double, nullable=False),
    moment("stated_at", nullable=True),
    Column("promised_by", Text, nullable=True),
    Column("promised_to", Text, nullable=True),
    Column("due_text", Text, nullable=True),
    Column("due_date", Date, nullable=True),
    Column("due_rule", Text, nullable=True),
    Column("promise_state", Text, nullable=True),
    Column("contract", Text, nullable=True),
    PrimaryKeyConstraint("workspace_id", "id"),
    belongs_to("source", "source_id"),
    belongs_to("note", "note_id"),
    Index(None, "workspace_id", "source_id"),
    Index(None, "workspace_id", "note_id"),
)

evidence = Table(
    "evidence",
    metadata,
    workspace_id(),
    Column("claim_id", Uuid, nullable=False),
    Column("number", SmallInteger, nullable=False),
    Column("source_id", Uuid, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("start_cp", Integer, nullable=False),
    Column("end_cp", Integer, nullable=False),
    PrimaryKeyConstraint("workspace_id", "claim_id", "number"),
    belongs_to("claim", "claim_id"),
    belongs_to("turn", "source_id", "turn", key=("source_id", "turn")),
    CheckConstraint("0 <= start_cp AND start_cp < end_cp", name="span"),
    Index(None, "workspace_id", "source_id", "turn"),
)

passage = Table(
    "passage",
    metadata,
    workspace_id(),
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
    moment("stated_from", nullable=True),
    moment("stated_to", nullable=True),
    PrimaryKeyConstraint("workspace_id", "id"),
    belongs_to("source", "source_id"),
    belongs_to("claim", "claim_id"),
    CheckConstraint("(kind = 'claim') = (claim_id IS NOT NULL)", name="kind"),
    Index(None, "workspace_id", "source_id"),
    Index(None, "workspace_id", "claim_id"),
)

posting = Table(
    "posting",
    metadata,
    workspace_id(),
    Column("term", Text, nullable=False),
    Column("passage_id", BigInteger, nullable=False),
    Column("tf", SmallInteger, nullable=False),
    Column("head_tf", SmallInteger, nullable=False),
    PrimaryKeyConstraint("workspace_id", "term", "passage_id"),
    belongs_to("passage", "passage_id"),
    Index(None, "workspace_id", "passage_id"),
)

vector = Table(
    "vector",
    metadata,
    workspace_id(),
    Column("passage_id", BigInteger, nullable=False),
    Column("model", Text, nullable=False),
    Column("width", SmallInteger, nullable=False),
    Column("embedding", HALFVEC, nullable=False),
    PrimaryKeyConstraint("workspace_id", "passage_id", "model"),
    belongs_to("passage", "passage_id"),
    CheckConstraint("vector_dims(embedding) = width", name="width"),
)

Record: TypeAlias = Row[*tuple[Any, ...]]
"""A row of any of these tables, or of a join of them."""

Transaction: TypeAlias = AsyncConnection
"""An open transaction behind one of the two doors."""

WALLED = tuple(t for t in metadata.sorted_tables if t.name not in LOCAL)
"""The tables behind the workspace wall, each before those that belong to it."""
