"""One request to a provider, and what each kind of answer means for the next."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from service.errors import DestinationNotAllowed
from service.fetch.wanted import GivenUp, NotYet
from service.outgoing.client import Answer, AnswerTooLarge, NoAnswer, Outgoing

DEADLINE_S: Final = 30.0
MOST_BYTES: Final = 25 * 1024 * 1024
"""As much as an upload may have."""
LONGEST_WAIT_S: Final = 24 * 3600.0
_GONE: Final = frozenset({410, 451})
_REFUSED: Final = frozenset({401, 402, 403})
_SOON: Final = frozenset({202, 204, 404, 408, 409, 423, 425})
_KEY: Final = (
    "Put the provider's key into this hook again; see docs/connect for the rights it needs."
)


async def ask(
    outgoing: Outgoing,
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    content: bytes = b"",
    now: datetime,
) -> bytes:
    """The body of a good answer; raises NotYet or GivenUp."""
    try:
        answer = await outgoing.send(
            method,
            url,
            headers=headers,
            deadline_s=DEADLINE_S,
            most_bytes=MOST_BYTES,
            content=content,
        )
    except NoAnswer as error:
        raise NotYet("The provider did not answer.") from error
    except AnswerTooLarge as error:
        detail = f"The provider sends more than {MOST_BYTES} bytes."
        raise GivenUp(detail, mend="Upload the transcript in parts.") from error
    except DestinationNotAllowed as error:
        raise GivenUp(error.detail, mend="Check the address that the provider sends.") from error
    return _body(answer, now)


async def ask_json(
    outgoing: Outgoing,
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    content: object = None,
    now: datetime,
) -> dict[str, Any]:
    """The object of a good answer; a page that says otherwise is none."""
    packed = b"" if content is None else json.dumps(content).encode()
    sent = {"accept": "application/json", "content-type": "application/json", **headers}
    body = await ask(outgoing, method, url, headers=sent, content=packed, now=now)
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotYet("The provider's answer is no JSON.") from error
    if not isinstance(found, dict):
        raise NotYet("The provider's answer is not the one that its documents show.")
    return found


def inside(answer: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The object behind a key; an empty one where there is none."""
    value = answer.get(key)
    return value if isinstance(value, dict) else {}


def listed(answer: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """The objects of the list behind a key."""
    value = answer.get(key)
    found = value if isinstance(value, list) else []
    return [one for one in found if isinstance(one, dict)]


def _body(answer: Answer, now: datetime) -> bytes:
    if answer.status in _SOON:
        raise NotYet("The transcript is not ready.", retry_after_s=_retry_after(answer, now))
    if answer.status == 429 or answer.status >= 500:  # noqa: PLR2004  as HTTP numbers them
        raise NotYet(
            f"The provider answers {answer.status}.", retry_after_s=_retry_after(answer, now)
        )
    if answer.status in _REFUSED:
        raise GivenUp(f"The provider refuses our key ({answer.status}).", mend=_KEY)
    if answer.status in _GONE:
        raise GivenUp("The provider no longer has it.", mend="Upload the transcript.")
    if answer.status != 200:  # noqa: PLR2004  as HTTP numbers them
        detail = f"The provider answers {answer.status}; a redirect is not followed."
        raise GivenUp(detail, mend="Check the provider's address in this hook.")
    return answer.body


def _retry_after(answer: Answer, now: datetime) -> float | None:
    """Seconds, from a number of them or from a date."""
    said = answer.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return min(float(said[:9]), LONGEST_WAIT_S)
    try:
        at = parsedate_to_datetime(said)
    except (ValueError, OverflowError):  # the latter for years that no calendar has
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max((at - now).total_seconds(), 0.0), LONGEST_WAIT_S)
