"""The messages of a mailbox in one file (mbox), found one by one: memory does not grow with it."""

import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from service.cli.found import Found
from service.errors import TooLarge
from service.intake.mail import mbox
from service.intake.mail.mbox import Place
from service.web.bodies import FILE_LIMIT

_PIECE = 64 * 1024
"""A line may be as long as the file; it is looked at in pieces."""


def is_mailbox(path: Path) -> bool:
    """By content; whoever reads a file that cannot be opened says what is wrong with it."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe would wait for its writer
            return False
        with path.open("rb") as file:
            return mbox.is_mailbox(file.read(mbox.HEAD))
    except OSError:
        return False


def messages(path: Path) -> Iterator[Found]:
    """Each message in its order, named by its number; only places are kept, no bytes."""
    with path.open("rb") as file:
        pieces = iter(partial(file.readline, _PIECE), b"")
        for number, place in enumerate(mbox.places(pieces), start=1):
            yield Found(path / f"{number:06}.eml", content=partial(_read, path, place))


def _read(path: Path, place: Place) -> bytes:
    """One message as it was sent. Raises TooLarge and OSError."""
    if place.end - place.start > FILE_LIMIT:
        raise TooLarge(f"The message is over {FILE_LIMIT} bytes.", mend="Take its text alone.")
    with path.open("rb") as file:
        file.seek(place.start)
        return mbox.unescaped(file.read(place.end - place.start))
