"""What Alembic runs: on the connection that `service.db.migrate` hands over, nothing else."""

from alembic import context

from service.db.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    version_table="migration",
    version_table_schema="public",
    include_schemas=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
