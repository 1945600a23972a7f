"""`baton`: the command line. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not set up."""

import logging
import sys

import pydantic
import typer

from service.cli import demo, keys, migrate, serve, worker
from service.errors import BatonError, NotSetUp
from service.settings import Settings

FAILED, NOT_SET_UP = 1, 3

app = typer.Typer(
    name="baton",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Why they bought, what was promised, success in their words: carried over every handoff.",
)
app.command("serve")(serve.serve)
app.command("worker")(worker.worker)
app.command("migrate")(migrate.migrate)
app.command("demo")(demo.demo)
app.add_typer(keys.app, name="keys")


def main() -> None:
    """Run a command; what a person can mend is one line, never a stack trace."""
    try:
        Settings()
        app()
    except pydantic.ValidationError as error:
        _end(_first_wrong(error), NOT_SET_UP)
    except NotSetUp as error:
        _end(str(error), NOT_SET_UP)
    except BatonError as error:
        _end(f"{error.detail} {error.mend}".strip(), FAILED)


def _first_wrong(error: pydantic.ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    name = "_".join(map(str, first["loc"])).upper()
    return f"BATON_{name}: {first['msg']}. docs/settings.md explains each setting."


def _end(line: str, code: int) -> None:
    logging.shutdown()
    sys.stderr.write(f"baton: {line}\n")
    raise SystemExit(code)


if __name__ == "__main__":
    main()
