"""Fireflies: one question in GraphQL."""

import json
from datetime import datetime
from typing import Any, Final

from service.fetch.asking import ask_json, inside
from service.fetch.wanted import Credentials, GivenUp, NotYet, Wanted
from service.outgoing.client import Outgoing

BASE_URL: Final = "https://api.fireflies.ai"
_QUESTION: Final = """query Transcript($id: String!) {
  transcript(id: $id) {
    id title date dateString duration organizer_email participants fireflies_users
    workspace_users
    meeting_attendees { displayName email name }
    speakers { id name }
    sentences { index speaker_id speaker_name text start_time end_time }
  }
}"""
_REFUSED: Final = frozenset({"auth_failed", "forbidden", "require_elevated_privilege"})


async def fetch(
    outgoing: Outgoing, wanted: Wanted, credentials: Credentials, *, now: datetime
) -> bytes:
    """The transcript with its sentences, as the API gives it."""
    answer = await ask_json(
        outgoing,
        "POST",
        f"{credentials.base_url or BASE_URL}/graphql",
        headers={"authorization": f"Bearer {credentials.key}"},
        content={"query": _QUESTION, "variables": {"id": wanted.external_id}},
        now=now,
    )
    _refuse_errors(answer.get("errors"))
    found = inside(inside(answer, "data"), "transcript")
    if not found.get("sentences"):
        raise NotYet("The transcript has no sentences yet.")
    return json.dumps({"data": {"transcript": found}}).encode()


def _refuse_errors(errors: Any) -> None:  # noqa: ANN401  JSON of somebody else
    """Errors come with status 200."""
    if not errors or not isinstance(errors, list):
        return
    codes = {str(one.get("code")) for one in errors if isinstance(one, dict)}
    if codes & _REFUSED:
        raise GivenUp("Fireflies refuses our key.", mend="Put a key that may read transcripts.")
    raise NotYet(f"Fireflies answers {', '.join(sorted(codes))[:100] or 'an error'}.")
