"""What is kept of a reading while it is not whole: windows that a model has answered."""

from sqlalchemy import Column, Integer, LargeBinary, PrimaryKeyConstraint, Table
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import Uuid

from service.db.columns import belongs_to, metadata, moment, workspace_id

# `recipe` is a hash of all that the model was asked; no `reply`: the window was split in two.
window_reply = Table(
    "window_reply",
    metadata,
    workspace_id(),
    Column("source_id", Uuid, nullable=False),
    Column("recipe", LargeBinary, nullable=False),
    Column("first_turn", Integer, nullable=False),
    Column("last_turn", Integer, nullable=False),
    Column("reply", JSONB(none_as_null=True), nullable=True),
    moment("created_at", default_now=True),
    PrimaryKeyConstraint("workspace_id", "source_id", "recipe"),
    belongs_to("source", "source_id"),
)
