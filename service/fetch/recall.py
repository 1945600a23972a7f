"""Recall.ai: a transcript has a link that opens without our key, for some hours."""

from datetime import datetime
from typing import Final
from urllib.parse import quote

from service.fetch.asking import ask, ask_json, inside
from service.fetch.wanted import Credentials, GivenUp, NotYet, Wanted
from service.outgoing.client import Outgoing

BASE_URL: Final = "https://us-east-1.recall.ai"


async def fetch(
    outgoing: Outgoing, wanted: Wanted, credentials: Credentials, *, now: datetime
) -> bytes:
    """The list of what each participant said; our key goes to Recall alone."""
    base = credentials.base_url or BASE_URL
    answer = await ask_json(
        outgoing,
        "GET",
        f"{base}/api/v1/transcript/{quote(wanted.external_id, safe='')}/",
        headers={"authorization": f"Token {credentials.key}"},
        now=now,
    )
    status = inside(answer, "status").get("code")
    if status == "failed":
        raise GivenUp("Recall.ai says that the transcript failed.", mend="Upload the transcript.")
    link = inside(answer, "data").get("download_url")
    if not isinstance(link, str):
        raise NotYet("Recall.ai has no link to the transcript yet.")
    body = await ask(outgoing, "GET", link, headers={}, now=now)
    if not body.lstrip().startswith(b"["):
        raise NotYet("Recall.ai's link leads to a page, not to the transcript.")
    return body
