"""`baton eval`: the eval suite, a program of its own above the service."""

import subprocess
import sys
from importlib.util import find_spec

import typer

from service.errors import NotSetUp

app = typer.Typer(add_completion=False)

EVERYTHING = {
    "ignore_unknown_options": True,
    "allow_extra_args": True,
    "help_option_names": [],
}
"""Words and options are the suite's own, `--help` too."""


@app.command("eval", context_settings=EVERYTHING)
def run_suite(context: typer.Context) -> None:
    """Measure how much of what was said is found, and compare runs."""
    if find_spec("evals") is None:
        raise NotSetUp("The eval suite is not installed here: it comes with the repository.")
    done = subprocess.run([sys.executable, "-m", "evals", *context.args], check=False)
    raise typer.Exit(done.returncode)
