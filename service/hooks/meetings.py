"""What the calls of meeting tools mean: which bring a transcript, and which only tell of one."""

from service.hooks.meanings import Announced, Carried, Meaning, Nothing, Several
from service.hooks.payload import Payload

_OTHER = Nothing("This event brings no transcript.")
_TEST = Nothing("This is a test.")


def zoom(call: Payload) -> Meaning:
    """The recording is announced with a link, and a token that opens it for a day."""
    event = call.text("event") or ""
    uuid = call.id("payload", "object", "uuid")
    files = call.items("payload", "object", "recording_files")
    link = next((one.text("download_url") for one in files if _is_transcript(one)), None)
    if not event.startswith("recording.") or uuid is None or link is None:
        return _OTHER
    return Announced(
        external_id=uuid,
        what="the transcript of the recording",
        title=call.title("payload", "object", "topic"),
        occurred_at=call.moment("payload", "object", "start_time"),
        link=link,
        token=call.text("download_token"),
    )


def _is_transcript(file: Payload) -> bool:
    return file.text("file_type") == "TRANSCRIPT"


def fathom(call: Payload) -> Meaning:
    """The transcript is in it where the hook was made to include it."""
    found = call.id("recording_id")
    if found is None:
        return _OTHER
    if call.at("transcript"):
        return Carried(external_id=found)
    return Announced(
        external_id=found,
        what="the transcript; the hook was made without `include_transcript`",
        title=call.title("title"),
        occurred_at=call.moment("recording_start_time"),
    )


def fireflies(call: Payload) -> Meaning:
    """Both versions of the hook bring an id and nothing else."""
    event = call.text("event") or call.text("eventType")
    found = call.id("meeting_id") or call.id("meetingId")
    if event not in {"meeting.transcribed", "Transcription completed"} or found is None:
        return _OTHER
    return Announced(external_id=found, what="the transcript")


def gong(call: Payload) -> Meaning:
    """A rule tells of a call; what was said is asked for."""
    if call.at("isTest") is not False:
        return _TEST
    found = call.id("callData", "metaData", "id")
    if found is None:
        return _OTHER
    return Announced(
        external_id=found,
        what="the transcript",
        title=call.title("callData", "metaData", "title"),
        occurred_at=call.moment("callData", "metaData", "started"),
    )


def granola(call: Payload) -> Meaning:
    """A note was made, or made anew."""
    event, found = call.text("event_type") or "", call.id("note_id")
    if event not in {"note.generated", "note.edited"} or found is None:
        return _OTHER
    return Announced(external_id=found, what="the note", is_change=event == "note.edited")


def grain(call: Payload) -> Meaning:
    """Grain tells of a recording; its first call has no type and asks whether we are there."""
    found = call.id("data", "id")
    if call.text("type") not in {"recording_added", "recording_updated"} or found is None:
        return _TEST if call.text("type") is None else _OTHER
    return Announced(
        external_id=found,
        what="the recording's transcript",
        title=call.title("data", "title"),
        occurred_at=call.moment("data", "start_datetime"),
    )


def recall(call: Payload) -> Meaning:
    """The transcript is done: its id is the one to ask for."""
    found = call.id("data", "transcript", "id")
    if call.text("event") != "transcript.done" or found is None:
        return _OTHER
    return Announced(external_id=found, what="the transcript")


def tldv(call: Payload) -> Meaning:
    """The meeting is announced first; the transcript comes by itself, in a second call."""
    event = call.text("event")
    found = call.id("data", "meetingId") or call.id("data", "id")
    if found is None or event not in {"MeetingReady", "TranscriptReady"}:
        return _OTHER
    if event == "TranscriptReady":
        return Carried(external_id=found)
    return Announced(
        external_id=found,
        what="the transcript, which comes in a call of its own",
        title=call.title("data", "name"),
        occurred_at=call.moment("data", "happenedAt"),
    )


def vexa(call: Payload) -> Meaning:
    """A meeting has ended; its transcript is asked for by platform and meeting."""
    found = call.id("data", "meeting", "id")
    if call.text("event_type") != "meeting.completed" or found is None:
        return _OTHER
    return Announced(
        external_id=found,
        what="the transcript",
        occurred_at=call.moment("data", "meeting", "start_time"),
    )


def meetgeek(call: Payload) -> Meaning:
    """Success and failure differ in one sentence."""
    found = call.id("meeting_id")
    if call.text("message") != "File analyzed successfully" or found is None:
        return _OTHER
    return Announced(external_id=found, what="the transcript")


def webex(call: Payload) -> Meaning:
    """A transcript was made."""
    found = call.id("data", "meetingId") or call.id("data", "id")
    is_new = call.text("resource") == "meetingTranscripts" and call.text("event") == "created"
    if not is_new or found is None:
        return _OTHER
    return Announced(external_id=found, what="the transcript")


def msgraph(call: Payload) -> Meaning:
    """One call may hold notifications of several transcripts."""
    ids = {found for one in call.items("value") if (found := _transcript_id(one))}
    if not ids:
        return _OTHER
    return Several(tuple(Announced(external_id=one, what="the transcript") for one in ids))


def _transcript_id(notification: Payload) -> str | None:
    """The last part of its path, which is too long for an id itself."""
    _, is_transcript, last = (notification.text("resource") or "").rpartition("transcripts")
    if not is_transcript:
        return None
    return notification.id("resourceData", "id") or Payload({"id": last.strip("('/)")}).id("id")


def circleback(call: Payload) -> Meaning:
    """Everything is in it, unless the parts were switched off."""
    return _with_parts(call, "id", parts=("transcript",))


def readai(call: Payload) -> Meaning:
    """Everything is in it; the transcript may be empty."""
    return _with_parts(call, "session_id", parts=("transcript", "speaker_blocks"))


def otter(call: Payload) -> Meaning:
    """The transcript is one text, beside `data` or in it."""
    if call.at("relationships", "transcript"):
        return Carried(external_id=call.id("data", "id"))
    return _with_parts(call, "data", "id", parts=("data", "relationships", "transcript"))


def meetingbaas(call: Payload) -> Meaning:
    """Everything is in it once the bot is done."""
    if call.text("event") != "complete":
        return _OTHER
    return _with_parts(call, "data", "bot_id", parts=("data", "transcript"))


def aircall(call: Payload) -> Meaning:
    """The transcription, by itself or as the data of an event."""
    if call.at("transcription", "content", "utterances"):
        return Carried(external_id=call.id("transcription", "call_id"))
    return _with_parts(call, "data", "call_id", parts=("data", "content", "utterances"))


def ringcentral(call: Payload) -> Meaning:
    """Insights of a call; two products may tell of the same one."""
    return _with_parts(call, "body", "sourceRecordId", parts=("body", "insights", "Transcript"))


def deepgram(call: Payload) -> Meaning:
    """The answer itself comes as the call."""
    return _with_parts(call, "metadata", "request_id", parts=("results",))


def assemblyai(call: Payload) -> Meaning:
    """A transcript is done, and is asked for."""
    found = call.id("transcript_id")
    if call.text("status") != "completed" or found is None:
        return _OTHER
    return Announced(external_id=found, what="the transcript")


def _with_parts(call: Payload, *path: str, parts: tuple[str, ...]) -> Meaning:
    return Carried(external_id=call.id(*path)) if call.at(*parts) else _OTHER
