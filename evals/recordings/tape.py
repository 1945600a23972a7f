"""Cassettes: what was asked and answered over HTTP, without headers and without an address."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import vcr  # type: ignore[import-untyped]  # the library has no types

CASSETTES = Path(__file__).parent / "cassettes"
NOWHERE = "http://recorded.invalid/v1"
"""In place of the server's address, in the file and while it is played."""
_ENDPOINTS = ("/chat/completions", "/embeddings")
_KEPT = "content-type"


class Stale(Exception):
    """What would be sent today is not what was recorded."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}: run `make record`, and look at the new figures")


@contextmanager
def recording(path: Path) -> Iterator[None]:
    """All that is asked meanwhile goes through and is written to a new file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with _recorder("all").use_cassette(str(path)):
        yield


@contextmanager
def playing(path: Path) -> Iterator[None]:
    """All that is asked meanwhile is answered from the file; raises Stale where a part is left."""
    with _recorder("none").use_cassette(str(path)) as cassette:
        yield
    if not cassette.all_played:
        raise Stale(f"{path.name} has parts that nobody asks for")


def _recorder(mode: str) -> vcr.VCR:
    """Bodies are compared as JSON; a part is played once."""
    return vcr.VCR(
        record_mode=mode,
        serializer="json",
        match_on=("method", "scheme", "host", "path", "query", "body"),
        before_record_request=_asked_nowhere,
        before_record_response=_bare,
        decode_compressed_response=True,
        record_on_exception=False,
    )


def _asked_nowhere(request: Any) -> Any:  # noqa: ANN401  the library's own, without types
    """The request as it is stored and compared; whatever else is asked is not for a cassette."""
    endpoint = next((one for one in _ENDPOINTS if request.path.endswith(one)), None)
    if endpoint is None:
        return None
    request.uri = NOWHERE + endpoint
    request.headers = {_KEPT: "application/json"}
    return request


def _bare(response: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in response["headers"].items() if name.lower() == _KEPT}
    return {**response, "headers": kept}
