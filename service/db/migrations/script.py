"""How a migration runs a script of plain SQL."""

from alembic import op


def run_script(script: str) -> None:
    """Several statements in the migration's own transaction; `%` means itself."""
    connection = op.get_bind().connection.driver_connection
    if connection is None:
        raise RuntimeError("the migration has no connection")
    connection.execute(script)
