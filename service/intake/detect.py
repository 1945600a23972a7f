"""Which format an upload has: one table, read from top to bottom, by content alone."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from schemas.source import Kind, Parsed
from service.errors import FormatUnknown
from service.intake import generic
from service.intake.captions import srt, webvtt
from service.intake.content import Content
from service.intake.documents import (
    google_meet,
    otter,
    paragraphs,
    teams,
    transcript,
    zoom_chat,
)
from service.intake.mail import gmail, graph, inbound, mbox, outlook, pasted
from service.intake.mail import message as eml
from service.intake.recorders import (
    aircall,
    avoma,
    chorus,
    circleback,
    dialpad,
    fathom,
    fellow,
    fireflies,
    gong,
    grain,
    granola,
    hubspot,
    meet_api,
    meeting_baas,
    notifications,
    otter_webhook,
    read_ai,
    recall,
    ringsense,
    tldv,
    vexa,
    webex,
)
from service.intake.speech import (
    amazon_bedrock,
    amazon_calls,
    amazon_transcribe,
    assemblyai,
    azure,
    deepgram,
    google,
    rev,
    whisper,
)
from service.intake.wrappers import layers

_KEYS_SHOWN = 8


class Format(NamedTuple):
    """A row of the table."""

    name: str
    kind: Kind
    fits: Callable[[Content], bool]
    read: Callable[[Content], Parsed]


def _read_otter(content: Content) -> Parsed:
    """Its transcript is text, so the table is asked again."""
    return otter_webhook.read(content, read_text=lambda text: detect(text).row.read(text))


FORMATS = (
    Format(mbox.NAME, Kind.EMAIL, mbox.fits, mbox.read),
    Format(eml.NAME, Kind.EMAIL, eml.fits, eml.read),
    Format(outlook.NAME, Kind.EMAIL, outlook.fits, outlook.read),
    Format(gmail.NAME, Kind.EMAIL, gmail.fits, gmail.read),
    Format(graph.NAME, Kind.EMAIL, graph.fits, graph.read),
    *(Format(one.name, Kind.EMAIL, one.fits, one.read) for one in inbound.SERVICES),
    Format(gong.NAME, Kind.CALL, gong.fits, gong.read),
    Format(chorus.NAME, Kind.CALL, chorus.fits, chorus.read),
    Format(fireflies.NAME, Kind.CALL, fireflies.fits, fireflies.read),
    Format(fathom.NAME, Kind.CALL, fathom.fits, fathom.read),
    Format(otter_webhook.NAME, Kind.CALL, otter_webhook.fits, _read_otter),
    Format(read_ai.NAME, Kind.CALL, read_ai.fits, read_ai.read),
    Format(circleback.NAME, Kind.CALL, circleback.fits, circleback.read),
    Format(tldv.NAME, Kind.CALL, tldv.fits, tldv.read),
    Format(granola.NAME, Kind.CALL, granola.fits, granola.read),
    Format(avoma.NAME, Kind.CALL, avoma.fits, avoma.read),
    Format(grain.NAME, Kind.CALL, grain.fits, grain.read),
    Format(fellow.NAME, Kind.CALL, fellow.fits, fellow.read),
    Format(meeting_baas.NAME, Kind.CALL, meeting_baas.fits, meeting_baas.read),
    Format(recall.NAME, Kind.CALL, recall.fits, recall.read),
    Format(vexa.NAME, Kind.CALL, vexa.fits, vexa.read),
    Format(aircall.NAME, Kind.CALL, aircall.fits, aircall.read),
    Format(dialpad.NAME, Kind.CALL, dialpad.fits, dialpad.read),
    Format(ringsense.NAME, Kind.CALL, ringsense.fits, ringsense.read),
    Format(hubspot.NAME, Kind.CALL, hubspot.fits, hubspot.read),
    Format(meet_api.NAME, Kind.CALL, meet_api.fits, meet_api.read),
    Format(webex.NAME, Kind.CALL, webex.fits, webex.read),
    Format(assemblyai.NAME, Kind.CALL, assemblyai.fits, assemblyai.read),
    Format(deepgram.NAME, Kind.CALL, deepgram.fits, deepgram.read),
    Format(amazon_transcribe.NAME, Kind.CALL, amazon_transcribe.fits, amazon_transcribe.read),
    Format(amazon_calls.NAME, Kind.CALL, amazon_calls.fits, amazon_calls.read),
    Format(amazon_bedrock.NAME, Kind.CALL, amazon_bedrock.fits, amazon_bedrock.read),
    Format(google.NAME, Kind.CALL, google.fits, google.read),
    Format(azure.NAME, Kind.CALL, azure.fits, azure.read),
    Format(rev.NAME, Kind.CALL, rev.fits, rev.read),
    Format(whisper.NAME, Kind.CALL, whisper.fits, whisper.read),
    Format(notifications.NAME, Kind.CALL, notifications.fits, notifications.read),
    Format(generic.NAME, Kind.CALL, generic.fits, generic.read),
    Format(webvtt.NAME, Kind.CALL, webvtt.fits, webvtt.read),
    Format(srt.NAME, Kind.CALL, srt.fits, srt.read),
    Format(zoom_chat.NAME, Kind.CALL, zoom_chat.fits, zoom_chat.read),
    Format(teams.NAME, Kind.CALL, teams.fits, teams.read),
    Format(google_meet.NAME, Kind.CALL, google_meet.fits, google_meet.read),
    Format(otter.NAME, Kind.CALL, otter.fits, otter.read),
    Format(pasted.NAME, Kind.EMAIL, pasted.fits, pasted.read),
    Format(transcript.NAME, Kind.CALL, transcript.fits, transcript.read),
    Format(paragraphs.NAME, Kind.CALL, paragraphs.fits, paragraphs.read),
)


class Found(NamedTuple):
    """A row of the table, and the content it fits: the upload, or what the upload wraps."""

    row: Format
    content: Content


def detect(content: Content) -> Found:
    """The first row that fits; raises FormatUnknown, which says what the content looks like."""
    for found in _fitting(content, FORMATS):
        return found
    raise FormatUnknown(
        f"{_shape(content)} No known tool writes this shape.",
        field="file",
        mend="Send {participants, turns}, or the transcript as WebVTT, SRT or text.",
    )


def _fitting(content: Content, rows: Sequence[Format]) -> Iterator[Found]:
    """The rows that fit; bare text comes last, and never from inside a wrapper."""
    narrow = [row for row in rows if row.name != paragraphs.NAME]
    yield from (Found(row, one) for one in layers(content) for row in narrow if row.fits(one))
    wide = (row for row in rows if row.name == paragraphs.NAME)
    yield from (Found(row, content) for row in wide if row.fits(content))


def named(name: str, content: Content) -> Found:
    """The row of that name; raises FormatUnknown where there is none or the content differs."""
    row = next((row for row in FORMATS if row.name == name), None)
    known = ", ".join(row.name for row in FORMATS)
    if row is None:
        raise FormatUnknown("No such format is known.", field="format", mend=f"Known: {known}.")
    for found in _fitting(content, [row]):
        return found
    detail = f"The content is not in the format {row.name}."
    raise FormatUnknown(detail, field="format", mend=f"Leave it out, or name one of: {known}.")


def _shape(content: Content) -> str:
    value = content.json
    if isinstance(value, list):
        return f"This is a JSON list of {len(value)} items."
    if isinstance(value, str):
        return "This is a JSON string."
    keys = [_shown(key) for key in value][:_KEYS_SHOWN] if isinstance(value, dict) else []
    return f"This is a JSON object with the keys: {', '.join(keys) or 'none'}."


def _shown(key: str) -> str:
    return "".join(char for char in key if char.isprintable())[:40]
