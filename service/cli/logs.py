"""Logs: ids, sizes, times and typed reasons; never text of a source."""

import logging

from service.settings import Settings

_QUIET = ("procrastinate", "httpx", "httpx2", "openai", "instructor", "sqlalchemy", "alembic")
"""Loggers that print arguments, addresses or bodies below WARNING."""


def set_up_logs(settings: Settings) -> None:
    """One line an event on standard error."""
    logging.basicConfig(
        level=settings.log_level.upper(),
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
