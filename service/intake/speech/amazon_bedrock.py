"""Amazon Bedrock Data Automation: the audio segments of a recording."""

from schemas.source import Parsed, Utterance
from service.intake import fields
from service.intake.call import call
from service.intake.content import Content
from service.intake.fields import Item

NAME = "amazon-bedrock"
_START, _END = "start_timestamp_millis", "end_timestamp_millis"
_PER_SECOND = 1000


def fits(content: Content) -> bool:
    """Audio segments with times in milliseconds, or with a speaker that is an object."""
    return content.is_json and any(
        _START in one or isinstance(one.get("speaker"), dict)
        for one in fields.items(content.json, "audio_segments")
    )


def read(content: Content) -> Parsed:
    """Segments of other types than a transcript are no speech."""
    segments = fields.items(content.json, "audio_segments")
    return call(NAME, map(_utterance, filter(_is_speech, segments)))


def _is_speech(segment: Item) -> bool:
    return segment.get("type") in (None, "TRANSCRIPT")


def _utterance(segment: Item) -> Utterance:
    start_s, end_s = fields.times(segment, _START, _END, per_second=_PER_SECOND)
    speaker = fields.at(segment.get("speaker"), "speaker_label")
    channel = fields.at(segment.get("channel"), "channel_label")
    return Utterance(
        text=fields.text(segment, "text") or "",
        speaker=fields.speaker(speaker) or fields.speaker(channel),
        start_s=start_s,
        end_s=end_s,
    )
