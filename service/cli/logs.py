"""Logs: ids, sizes, times and typed reasons; never text of a source.

A line is one JSON object for a machine, or words for a person. Of an exception both have the
class and the place, and never its message: that may quote what somebody said.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, TextIO

from service.settings import Settings

_QUIET = (
    *("procrastinate", "httpx", "httpx2", "httpcore2", "openai", "instructor", "vcr"),
    *("sqlalchemy", "alembic", "psycopg", "uvicorn", "litestar", "asyncio", "multipart"),
)
"""Loggers that print arguments, addresses or bodies below WARNING."""


def set_up_logs(settings: Settings, stream: TextIO = sys.stderr) -> None:
    """One line an event on standard error."""
    is_json = settings.log_format == "json" or (
        settings.log_format == "auto" and not stream.isatty()
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines() if is_json else TextLines())
    logging.basicConfig(level=settings.log_level.upper(), handlers=[handler], force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


class JsonLines(logging.Formatter):
    """`time`, `level`, `logger` and `message`, then the fields of the event."""

    def format(self, record: logging.LogRecord) -> str:
        """One object on one line; what has no value is left out."""
        event = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        return json.dumps(event | _fields(record), ensure_ascii=False, default=str)


class TextLines(logging.Formatter):
    """The same in the order in which a person reads it."""

    def format(self, record: logging.LogRecord) -> str:
        """Where an error happened stands on lines of its own."""
        fields = _fields(record)
        place = fields.pop("at", ())
        told = "".join(f" {name}={value}" for name, value in fields.items())
        line = f"{_time(record)} {record.levelname} {record.name} {record.getMessage()}{told}"
        return "\n    ".join([line, *place])


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    fields = getattr(record, "fields", {})
    kept = {name: value for name, value in fields.items() if value is not None}
    error = record.exc_info[1] if record.exc_info else None
    return kept | _told(error) if error else kept


def _told(error: BaseException) -> dict[str, Any]:
    """Its class and where it was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "error": type(error).__name__,
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
