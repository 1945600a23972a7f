"""Tables of what calls us: hooks with sealed secrets, what was announced, what came before."""

from sqlalchemy import (
    Boolean,
    Column,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    Uuid,
    text,
)

from service.db.columns import belongs_to, metadata, moment, workspace_id

# Secrets and credentials are closed under BATON_SECRET_KEY, which stands in no database.
hook = Table(
    "hook",
    metadata,
    workspace_id(),
    Column("provider", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("secret", LargeBinary, nullable=False),
    Column("old_secret", LargeBinary, nullable=True),
    moment("old_until", nullable=True),
    Column("credentials", LargeBinary, nullable=True),
    Column("consent", Boolean, nullable=True),
    moment("created_at", default_now=True),
    moment("called_at", nullable=True),
    PrimaryKeyConstraint("workspace_id", "provider"),
)

# No word of the call, and no source: a repeat after an erasure must not bring it back.
hook_call = Table(
    "hook_call",
    metadata,
    workspace_id(),
    Column("provider", Text, nullable=False),
    Column("repeat_key", LargeBinary, nullable=False),
    moment("created_at", default_now=True),
    PrimaryKeyConstraint("workspace_id", "provider", "repeat_key"),
)

# A source that is pending: what a provider said of it. Links and tokens are closed too.
announcement = Table(
    "announcement",
    metadata,
    workspace_id(),
    Column("source_id", Uuid, nullable=False),
    Column("provider", Text, nullable=False),
    Column("link", LargeBinary, nullable=True),
    Column("token", LargeBinary, nullable=True),
    Column("is_here", Boolean, nullable=False),
    Column("tries", SmallInteger, nullable=False, server_default=text("0")),
    moment("created_at", default_now=True),
    PrimaryKeyConstraint("workspace_id", "source_id"),
    belongs_to("source", "source_id"),
)
