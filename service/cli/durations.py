"""A span of time as people type it: `30m`, `24h`, `7d`."""

import re
from datetime import timedelta

import typer

_FORM = re.compile(r"(\d{1,4})([mhd])", re.ASCII)
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def read_duration(text: str, *, option: str) -> timedelta:
    """Raises BadParameter for anything else; `0m` is none at all."""
    found = _FORM.fullmatch(text.strip())
    if found is None:
        why = f"{text!r} is no span of time: write 30m, 24h or 7d."
        raise typer.BadParameter(why, param_hint=option)
    return timedelta(**{_UNITS[found[2]]: int(found[1])})
