"""Gong: what was said, and who took part, joined by the ids of the speakers."""

import base64
import json
from datetime import datetime
from typing import Any, Final

from service.fetch.asking import ask_json, inside, listed
from service.fetch.wanted import Credentials, NotYet, Wanted
from service.outgoing.client import Outgoing

BASE_URL: Final = "https://api.gong.io"
_MOST_PAGES: Final = 50


async def fetch(
    outgoing: Outgoing, wanted: Wanted, credentials: Credentials, *, now: datetime
) -> bytes:
    """One object with `callTranscripts` and `calls`."""
    base = credentials.base_url or BASE_URL
    packed = base64.b64encode(f"{credentials.key}:{credentials.secret}".encode()).decode()
    headers = {"authorization": f"Basic {packed}"}
    chosen: dict[str, Any] = {"filter": {"callIds": [wanted.external_id]}}
    parties = {"contentSelector": {"context": "Extended", "exposedFields": {"parties": True}}}

    async def pages(path: str, asked: dict[str, Any], key: str) -> list[Any]:
        found: list[Any] = []
        cursor: str | None = None
        for _ in range(_MOST_PAGES):
            question = asked | ({"cursor": cursor} if cursor else {})
            answer = await ask_json(
                outgoing, "POST", base + path, headers=headers, content=question, now=now
            )
            found += listed(answer, key)
            cursor = inside(answer, "records").get("cursor")
            if not cursor:
                return found
        raise NotYet("Gong's pages do not end.")

    transcripts = await pages("/v2/calls/transcript", chosen, "callTranscripts")
    if not any(one.get("transcript") for one in transcripts):
        raise NotYet("Gong has no transcript of this call yet.")
    calls = await pages("/v2/calls/extensive", chosen | parties, "calls")
    return json.dumps({"callTranscripts": transcripts, "calls": calls}).encode()
