"""Messages that say that a call is there, and do not hold it: ids, links, handshakes, tests."""

from collections.abc import Callable
from typing import NamedTuple, NoReturn

from service.errors import NoContent
from service.intake import fields
from service.intake.content import Content
from service.intake.fields import Item

NAME = "notification"


class Message(NamedTuple):
    """A kind of message: what it is, how it is known, and what is to be sent instead."""

    says: str
    is_it: Callable[[Item], bool]
    mend: str


def _opens(item: Item, key: str, *openings: str) -> bool:
    return (fields.text(item, key) or "").startswith(openings)


def _is_fireflies(item: Item) -> bool:
    first = {"meetingId", "eventType"} <= item.keys()
    second = {"meeting_id", "event", "timestamp"} <= item.keys()
    return first or (second and not any(isinstance(one, list) for one in item.values()))


def _is_zoom_recording(item: Item) -> bool:
    files = "recording_files" in fields.item(item, "payload", "object")
    return files or (_opens(item, "event", "recording.") and "payload" in item)


def _is_gong(item: Item) -> bool:
    return "callData" in item and "isTest" in item


def _is_recall(item: Item) -> bool:
    named = _opens(item, "event", "transcript.", "recording.", "bot.")
    return named and "code" in fields.item(item, "data", "data")


def _is_grain(item: Item) -> bool:
    data = fields.item(item, "data")
    named = _opens(item, "type", "recording_", "highlight_", "story_", "upload_")
    return named and "user_id" in item and "transcript" not in data


_UPLOAD = "Upload the transcript, or fetch it from the tool and send that."
MESSAGES = (
    Message(
        "Zoom's check of an address",
        lambda item: item.get("event") == "endpoint.url_validation",
        "Let Zoom call the address of a hook.",
    ),
    Message(
        "Slack's check of an address",
        lambda item: item.get("type") == "url_verification" and "challenge" in item,
        "Let Slack call the address of a hook.",
    ),
    Message(
        "Zoom's notification of a recording",
        _is_zoom_recording,
        "Download the file with file_type TRANSCRIPT and send that.",
    ),
    Message(
        "a test delivery of Gong",
        lambda item: _is_gong(item) and item["isTest"] is True,
        "Nothing is to be done.",
    ),
    Message(
        "Gong's notification of a call",
        _is_gong,
        "Fetch /v2/calls/transcript for this call and send that, as a list with this message.",
    ),
    Message("a notification of Fireflies", _is_fireflies, _UPLOAD),
    Message(
        "a notification of MeetGeek", lambda item: _opens(item, "message", "File analyzed"), _UPLOAD
    ),
    Message(
        "a notification of Granola",
        lambda item: _opens(item, "event_type", "note.") and "note_id" in item,
        "Fetch the note with its transcript and send that.",
    ),
    Message(
        "tl;dv's notification of a meeting",
        lambda item: item.get("event") == "MeetingReady" and "executedAt" in item,
        "Send the event TranscriptReady, or fetch the transcript.",
    ),
    Message("a notification of Recall.ai", _is_recall, "Download the transcript and send that."),
    Message(
        "a notification of Vexa",
        lambda item: {"event_id", "event_type", "api_version", "data"} <= item.keys(),
        "Fetch the transcript of the meeting and send that.",
    ),
    Message("a notification of Grain", _is_grain, _UPLOAD),
    Message(
        "Microsoft Graph's description of a transcript",
        lambda item: "transcriptContentUrl" in item,
        "Fetch the content behind transcriptContentUrl and send that.",
    ),
    Message(
        "Google Meet's list of participants",
        lambda item: any("earliestStartTime" in one for one in fields.head(item, "participants")),
        "Send the transcript's entries too: a JSON list of both answers.",
    ),
    Message(
        "a notification of Webex",
        lambda item: {"resource", "event", "data", "orgId"} <= item.keys(),
        "Fetch the transcript of the meeting and send that.",
    ),
)


def fits(content: Content) -> bool:
    """One of the messages of this table; `value` lists those of Microsoft Graph."""
    return _message(content) is not None


def read(content: Content) -> NoReturn:
    """Raises NoContent, which says whose message it is, and what to send."""
    message = _message(content)
    raise NoContent(
        f"This is {message.says if message else NAME}: the transcript is not in it.",
        field="file",
        mend=message.mend if message else _UPLOAD,
    )


def _message(content: Content) -> Message | None:
    value = content.json if content.is_json else None
    found = [value] if isinstance(value, dict) else fields.head(value)
    listed = fields.head(value, "value")[:1]
    return next(
        (message for message in MESSAGES for one in [*found, *listed] if message.is_it(one)), None
    )
