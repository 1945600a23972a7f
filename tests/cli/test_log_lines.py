import io
import json
import logging
from collections.abc import Iterator

import pytest

from service.cli.logs import set_up_logs
from service.settings import Settings


class Terminal(io.StringIO):
    """Where a person reads."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """The handlers and levels of the tests themselves."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def log_to(stream: io.StringIO, **settings: str) -> logging.Logger:
    set_up_logs(Settings.model_validate(settings), stream)
    return logging.getLogger("baton.test")


def fail(log: logging.Logger) -> None:
    try:
        int("Kim said that the price is secret")
    except ValueError:
        log.exception("reading failed", extra={"fields": {"source": "s1", "key": None}})


def test_elsewhere_a_line_is_one_object() -> None:
    stream = io.StringIO()
    log_to(stream).info("request", extra={"fields": {"status": 200, "ms": 1.5, "key": None}})
    line = json.loads(stream.getvalue())
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "info",
        "logger": "baton.test",
        "message": "request",
        "status": 200,
        "ms": 1.5,
    }


def test_on_a_terminal_a_line_is_read_by_a_person() -> None:
    stream = Terminal()
    log_to(stream).info("request", extra={"fields": {"status": 200, "route": "/v1/sources"}})
    assert stream.getvalue().endswith(" INFO baton.test request status=200 route=/v1/sources\n")


@pytest.mark.parametrize(("chosen", "stream"), [("json", Terminal()), ("text", io.StringIO())])
def test_the_setting_decides_over_the_terminal(chosen: str, stream: io.StringIO) -> None:
    log_to(stream, log_format=chosen).warning("here")
    assert stream.getvalue().startswith("{") is (chosen == "json")


@pytest.mark.parametrize("chosen", ["json", "text"])
def test_of_an_error_its_class_and_place_are_told_and_not_its_message(chosen: str) -> None:
    stream = io.StringIO()
    fail(log_to(stream, log_format=chosen))
    assert "secret" not in stream.getvalue()
    assert "ValueError" in stream.getvalue()
    assert "test_log_lines.py" in stream.getvalue()
    assert "s1" in stream.getvalue()


@pytest.mark.parametrize("name", ["procrastinate.worker", "sqlalchemy.engine", "httpx2", "uvicorn"])
def test_what_prints_arguments_is_silent_below_warning(name: str) -> None:
    stream = io.StringIO()
    log_to(stream, log_level="debug").debug("ours is heard")
    logging.getLogger(name).info("theirs is not")
    assert "ours is heard" in stream.getvalue()
    assert "theirs" not in stream.getvalue()
