"""Fathom: the transcript of a recording."""

import json
from datetime import datetime
from typing import Final
from urllib.parse import quote

from service.fetch.asking import ask_json
from service.fetch.wanted import Credentials, NotYet, Wanted
from service.outgoing.client import Outgoing

BASE_URL: Final = "https://api.fathom.ai/external/v1"


async def fetch(
    outgoing: Outgoing, wanted: Wanted, credentials: Credentials, *, now: datetime
) -> bytes:
    """With the id of its recording, by which it is known as one of Fathom."""
    base = credentials.base_url or BASE_URL
    answer = await ask_json(
        outgoing,
        "GET",
        f"{base}/recordings/{quote(wanted.external_id, safe='')}/transcript",
        headers={"x-api-key": credentials.key},
        now=now,
    )
    if not answer.get("transcript"):
        raise NotYet("Fathom has no transcript of this recording yet.")
    return json.dumps({"recording_id": wanted.external_id, **answer}).encode()
