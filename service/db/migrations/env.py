"""What Alembic runs: on the connection that `service.db.migrate` hands over, nothing else."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    version_table="migration",
    version_table_schema="public",
    include_schemas=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
