"""HubSpot: a transcript as it is sent to its calling extensions, and the call it belongs to."""

from schemas.source import Parsed, Utterance
from service.intake import fields
from service.intake.content import Content
from service.intake.fields import Item
from service.intake.recorders.meeting import About, address, meeting
from service.intake.recorders.moments import moment
from service.intake.strict_json import Json

NAME = "hubspot"
_LIST = "transcriptCreateUtterances"
_PER_SECOND = 1000


def fits(content: Content) -> bool:
    """`transcriptCreateUtterances`."""
    return any(_LIST in one for one in content.objects)


def read(content: Content) -> Parsed:
    """Milliseconds; each utterance names its speaker, the call's own answer whose call it was."""
    found = next(one for one in content.objects if _LIST in one)
    call = next((one for one in content.objects if "hs_timestamp" in _properties(one)), {})
    about = About(
        title=fields.text(_properties(call), "hs_call_title"),
        began=moment(_properties(call).get("hs_timestamp")),
        call_id=found.get("engagementId"),
        customers=_associated(call, "companies"),
        deals=_associated(call, "deals"),
    )
    return meeting(NAME, map(_utterance, fields.items(found, _LIST)), about)


def _properties(one: Item) -> Item:
    return fields.item(one, "properties")


def _associated(call: Item, what: str) -> list[Json]:
    return [one.get("id") for one in fields.items(call, "associations", what, "results")]


def _utterance(one: Item) -> Utterance:
    speaker = fields.item(one, "speaker")
    start_s, end_s = fields.times(one, "startTimeMillis", "endTimeMillis", per_second=_PER_SECOND)
    return Utterance(
        text=fields.text(one, "text") or "",
        speaker=fields.text(speaker, "name") or fields.speaker(speaker.get("id")),
        email=address(speaker, "email"),
        start_s=start_s,
        end_s=end_s,
    )
