"""Zoom: the link of the announcement, opened by the token that came with it."""

import codecs
from datetime import datetime

from service.fetch.asking import ask
from service.fetch.wanted import Credentials, GivenUp, NotYet, Wanted
from service.outgoing.client import Outgoing


async def fetch(
    outgoing: Outgoing, wanted: Wanted, credentials: Credentials, *, now: datetime
) -> bytes:
    """The WebVTT file; the token holds for some hours, a key of the account for longer."""
    token = wanted.token or credentials.key
    if wanted.link is None or not token:
        raise GivenUp("Zoom sent no link, or no token for it.", mend="Upload the transcript.")
    headers = {"authorization": f"Bearer {token}"}
    body = await ask(outgoing, "GET", wanted.link, headers=headers, now=now)
    if _is_page(body):
        raise NotYet("Zoom sent a page, not the file of the transcript.")
    return body


def _is_page(body: bytes) -> bool:
    """Text that is no WebVTT: a page to sign in, say. What is no text, its reader names."""
    head = body.removeprefix(codecs.BOM_UTF8).lstrip()
    return not head.startswith(b"WEBVTT") and b"\0" not in body
