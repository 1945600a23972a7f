"""The whole server, live: a talk is uploaded, the small model reads it, and the note is shown."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from evals.bench.stand import Caller, calling, open_stand, serving
from evals.recordings import small_model
from evals.recordings.talks import Talk

_MODEL: Final = {
    "EXTRACTOR": "openai",
    "LLM_MODEL": small_model.MODEL,
    "LLM_MODE": "tools",
    "LLM_CONTEXT_TOKENS": str(small_model.CONTEXT_TOKENS),
    "LLM_TIMEOUT_S": "600",
    "LLM_PRICE_IN": "0",
    "LLM_PRICE_OUT": "0",
}


def notes(talks: tuple[Talk, ...], python: Path) -> Iterator[tuple[Talk, dict[str, Any]]]:
    """Each talk with its run and its note, as the API answers."""
    with (
        small_model.serving(python) as url,
        open_stand() as stand,
        serving(stand, **_MODEL, LLM_BASE_URL=url) as server,
        calling(server) as caller,
    ):
        for talk in talks:
            yield talk, _note(talk, caller)


def _note(talk: Talk, caller: Caller) -> dict[str, Any]:
    sides = {talk.vendor: "vendor", talk.customer: "customer"}
    participants = [{"name": name, "side": side} for name, side in sides.items()]
    body = {"content": talk.data.decode(), "participants": participants}
    answer = caller.client.post("/v1/sources", json=body).raise_for_status()
    place = f"/v1/sources/{answer.json()['id']}"
    source = _ended(place, caller)
    note = _got(f"{place}/note", caller) if source["status"] == "ready" else None
    return {"run": source["run"], "error": source["error"], "note": note}


def _ended(place: str, caller: Caller) -> dict[str, Any]:
    """The source, once it is read or failed: on a busy machine a small model takes minutes."""
    while (source := _got(place, caller))["status"] not in {"ready", "failed"}:
        time.sleep(1)
    return source


def _got(path: str, caller: Caller) -> dict[str, Any]:
    found: dict[str, Any] = caller.client.get(path).raise_for_status().json()
    return found
