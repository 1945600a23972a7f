"""The roles, the database and the extension: made where missing, by the superuser."""

import time

from psycopg import Connection, OperationalError, connect
from psycopg.sql import SQL, Identifier, Literal

from service.db.embedded.cluster import DATABASE, ROLES, Cluster
from service.errors import NotSetUp

_OWNER = ROLES[0]
_QUIET = "-c client_min_messages=error"
_RECOVERY_S = 30.0
_POLL_S = 0.1


def prepare(cluster: Cluster) -> None:
    """Each step only where it is missing: a set-up cut short is finished by the next start."""
    try:
        with _superuser(cluster, "postgres") as connection:
            _make_roles(connection, cluster)
            _make_database(connection)
        with _superuser(cluster, DATABASE) as connection:
            connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
    except OperationalError as error:
        why = f"The server in {cluster.folder} runs, but refuses its superuser: {error}"
        raise NotSetUp(f"{why}. Does secrets.json belong to this cluster?") from error


def _superuser(cluster: Cluster, database: str) -> Connection:
    """A server that recovers says so to every caller, though its pid file calls it ready."""
    url = cluster.superuser_url(database).replace("+psycopg", "", 1)
    deadline = time.monotonic() + _RECOVERY_S
    while True:
        try:
            return connect(url, autocommit=True, connect_timeout=10, options=_QUIET)
        except OperationalError as error:
            if "the database system is" not in str(error) or time.monotonic() > deadline:
                raise
        time.sleep(_POLL_S)


def _make_roles(connection: Connection, cluster: Cluster) -> None:
    known = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
    for role in ROLES:
        if role not in known:
            password = getattr(cluster.secrets, role).get_secret_value()
            _make_role(connection, role, password)


def _make_role(connection: Connection, role: str, password: str) -> None:
    """The server gets the hash, so that the password stands in no statement."""
    encrypted = connection.pgconn.encrypt_password(
        password.encode(), role.encode(), b"scram-sha-256"
    )
    made = SQL(
        "CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION"
        " PASSWORD {}"
    )
    connection.execute(made.format(Identifier(role), Literal(encrypted.decode())))


def _make_database(connection: Connection) -> None:
    wanted = "SELECT 1 FROM pg_database WHERE datname = %s"
    if connection.execute(wanted, [DATABASE]).fetchone() is None:
        name, owner = Identifier(DATABASE), Identifier(_OWNER)
        connection.execute(SQL("CREATE DATABASE {} OWNER {}").format(name, owner))
    connection.execute(SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(Identifier(DATABASE)))
    for role in ROLES:
        grant = SQL("GRANT CONNECT ON DATABASE {} TO {}")
        connection.execute(grant.format(Identifier(DATABASE), Identifier(role)))
