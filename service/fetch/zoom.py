"""Zoom: the link of the announcement, opened by the token that came with it."""

from datetime import datetime

from service.fetch.asking import ask
from service.fetch.wanted import Credentials, GivenUp, Wanted
from service.outgoing.client import Outgoing


async def fetch(
    outgoing: Outgoing, wanted: Wanted, credentials: Credentials, *, now: datetime
) -> bytes:
    """The WebVTT file; the token holds for some hours, a key of the account for longer."""
    token = wanted.token or credentials.key
    if wanted.link is None or not token:
        raise GivenUp("Zoom sent no link, or no token for it.", mend="Upload the transcript.")
    return await ask(
        outgoing, "GET", wanted.link, headers={"authorization": f"Bearer {token}"}, now=now
    )
