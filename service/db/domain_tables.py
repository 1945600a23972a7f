"""The table of mail domains by which a workspace knows its customers."""

from sqlalchemy import Column, Index, PrimaryKeyConstraint, Table, Text, Uuid

from service.db.columns import belongs_to, metadata, workspace_id

customer_domain = Table(
    "customer_domain",
    metadata,
    workspace_id(),
    Column("domain", Text, nullable=False),
    Column("customer_id", Uuid, nullable=False),
    PrimaryKeyConstraint("workspace_id", "domain"),
    belongs_to("customer", "customer_id"),
    Index(None, "workspace_id", "customer_id"),
)
