"""The secrets of one data folder: made once, kept in one file that only its owner reads."""

import json
import os
import stat
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from tempfile import NamedTemporaryFile

from pydantic import Field, SecretStr, ValidationError

from schemas.model import Model
from service.errors import NotSetUp

FILE = "secrets.json"


def _random() -> SecretStr:
    return SecretStr(token_hex(32))


class Secrets(Model):
    """Passwords of the server's roles, and the two secrets of the service."""

    superuser: SecretStr = Field(default_factory=_random)
    baton_owner: SecretStr = Field(default_factory=_random)
    baton_app: SecretStr = Field(default_factory=_random)
    baton_system: SecretStr = Field(default_factory=_random)
    key_pepper: SecretStr = Field(default_factory=_random)
    secret_key: SecretStr = Field(default_factory=_random)


def secrets(data_dir: Path) -> Secrets:
    """The folder's secrets; made on first use, once, however many ask at a time."""
    path = data_dir / FILE
    if not path.exists():
        _write_once(path, Secrets())
    _refuse_readable_by_others(path)
    try:
        return Secrets.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise NotSetUp(f"{path} is damaged: put back the copy of your backup.") from error


def _write_once(path: Path, made: Secrets) -> None:
    """Whole or not at all: a link is made to a finished file, and only where none stands yet."""
    values = {name: getattr(made, name).get_secret_value() for name in Secrets.model_fields}
    with NamedTemporaryFile(dir=path.parent, prefix=".secrets-") as file:
        file.write(json.dumps(values, indent=1).encode())
        file.flush()
        os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(file.name, path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """A cluster outlives a power cut only together with its passwords."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _refuse_readable_by_others(path: Path) -> None:
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise NotSetUp(f"{path} can be read by others: run chmod 600 on it.")
