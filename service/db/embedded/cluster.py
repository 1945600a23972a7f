"""One running cluster, and how to connect to it."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from service.db.embedded.secret_file import Secrets

DATABASE = "baton"
SUPERUSER = "postgres"
ROLES = ("baton_owner", "baton_app", "baton_system")
PORT = 5432  # the name of the socket file; nothing listens on TCP


@dataclass(frozen=True, slots=True)
class Cluster:
    """What a user of the embedded server needs to know."""

    data_dir: Path
    folder: Path
    socket_dir: Path
    programs: Path
    secrets: Secrets
    port: int = PORT
    notices: tuple[str, ...] = ()

    @property
    def data(self) -> Path:
        """What PostgreSQL calls the data directory."""
        return self.folder / "data"

    def url(self, role: str) -> str:
        """The database `baton` as one of the three ordinary roles; it holds the password."""
        if role not in ROLES:
            raise ValueError(f"{role!r} is none of {', '.join(ROLES)}")
        return self._url(role, getattr(self.secrets, role).get_secret_value(), DATABASE)

    def superuser_url(self, database: str = DATABASE) -> str:
        """Any database as the superuser: for set-up and tests, never for the service."""
        return self._url(SUPERUSER, self.secrets.superuser.get_secret_value(), database)

    def _url(self, role: str, password: str, database: str) -> str:
        where = urlencode({"host": str(self.socket_dir), "port": self.port}, safe="/")
        return f"postgresql+psycopg://{role}:{password}@/{quote(database, safe='')}?{where}"
