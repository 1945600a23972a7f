"""What the tables are made of: the one metadata, and the columns and keys that many share."""

from sqlalchemy import Column, DateTime, ForeignKeyConstraint, MetaData, Uuid, text

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
NO_JSON = text("'[]'::jsonb")


def workspace_id() -> Column[object]:
    """The wall's column; left out of an insert it is the workspace that was entered."""
    return Column("workspace_id", Uuid, nullable=False, server_default=_HERE)


def belongs_to(table: str, *columns: str, key: tuple[str, ...] = ("id",)) -> ForeignKeyConstraint:
    """A row that goes when the row it belongs to goes."""
    return ForeignKeyConstraint(
        ("workspace_id", *columns),
        [f"app.{table}.workspace_id", *(f"app.{table}.{name}" for name in key)],
        ondelete="CASCADE",
    )


def outlives(table: str, column: str) -> ForeignKeyConstraint:
    """A row that stays when the row it names goes, and names nothing then."""
    return ForeignKeyConstraint(
        ("workspace_id", column),
        [f"app.{table}.workspace_id", f"app.{table}.id"],
        ondelete=f"SET NULL ({column})",
    )


def moment(name: str, *, nullable: bool = False, default_now: bool = False) -> Column[object]:
    """A time with its zone."""
    default = _NOW if default_now else None
    return Column(name, DateTime(timezone=True), nullable=nullable, server_default=default)
