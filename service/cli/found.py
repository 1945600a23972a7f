"""One file to take in: where it lies, and how its bytes are read."""

import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from service.errors import Invalid, TooLarge
from service.web.bodies import FILE_LIMIT

_LABEL_LIMIT = 255


@dataclass(frozen=True)
class Found:
    """A file to take, or something that is passed over."""

    path: Path
    skipped: str = ""
    unreadable: str = ""
    content: Callable[[], bytes] | None = None
    """How its bytes are read where it is no file of its own, but lies in one."""

    def read(self) -> bytes:
        """All bytes. Raises what `read_content` raises."""
        return self.content() if self.content else read_content(self.path)


def read_content(path: Path) -> bytes:
    """All bytes of a file. Raises Invalid for a pipe or device, TooLarge, and OSError."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise Invalid("It is neither a file nor a folder.")
    with path.open("rb") as file:
        content = file.read(FILE_LIMIT + 1)
    if len(content) > FILE_LIMIT:
        raise TooLarge(f"The file is over {FILE_LIMIT} bytes.", mend="Take its text alone.")
    return content


def label_of(path: Path) -> str | None:
    """The name that is stored with the bytes: a label, never a path."""
    name = "".join(char for char in path.name if char.isprintable())
    return name[:_LABEL_LIMIT] or None
