"""Granola: a note with its transcript."""

import json
from datetime import datetime
from typing import Final
from urllib.parse import quote

from service.fetch.asking import ask_json
from service.fetch.wanted import Credentials, NotYet, Wanted
from service.outgoing.client import Outgoing

BASE_URL: Final = "https://public-api.granola.ai"


async def fetch(
    outgoing: Outgoing, wanted: Wanted, credentials: Credentials, *, now: datetime
) -> bytes:
    """The note as the API gives it."""
    base = credentials.base_url or BASE_URL
    answer = await ask_json(
        outgoing,
        "GET",
        f"{base}/v1/notes/{quote(wanted.external_id, safe='')}?include=transcript",
        headers={"authorization": f"Bearer {credentials.key}"},
        now=now,
    )
    if not answer.get("transcript"):
        raise NotYet("Granola has no transcript of this note yet.")
    return json.dumps(answer).encode()
