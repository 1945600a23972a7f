"""How the real command ends: one line and a code, never a stack trace."""

import subprocess
from collections.abc import Callable

import pytest
from conftest import COMMAND  # type: ignore[import-not-found]
from live import Database, environment

Spawn = Callable[..., subprocess.CompletedProcess[str]]


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("baton: ")
    return done.stderr
