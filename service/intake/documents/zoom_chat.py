"""The chat of a Zoom meeting, as its recording saves it: typed beside the call, not spoken."""

import re
from collections.abc import Iterator

from schemas.source import Kind, Notice, Parsed, Utterance
from service.errors import NoContent
from service.intake import clock
from service.intake.content import Content

NAME = "zoom-chat"
_FIRST = re.compile(r"(?P<time>[0-9]{2}:[0-9]{2}:[0-9]{2})\t(?P<name>[^\t\n]{1,300}):\t")
_TO = re.compile(
    r"(?P<time>[0-9]{2}:[0-9]{2}:[0-9]{2})[\t ]{1,3}From[ \t]{1,3}(?P<name>[^\t\n]{1,200}?)"
    r"[ \t]{1,3}to[ \t]{1,3}(?P<whom>[^\t\n:]{1,200}):[ \t]{0,3}"
)
_LINE_HEAD = 800
_REACTIONS = ('Reacted to "', "Removed a ")
_ANSWERED = 'Replying to "'
NOT_SPEECH = Notice(
    code="chat-not-speech",
    detail="This is the chat of a call: it is kept and found, and nothing is claimed from it.",
    mend="Send the recording's transcript; what was typed and counts can go along as a mail.",
)


def fits(content: Content) -> bool:
    """The first line opens a message."""
    first = next((line for line in content.lines if line.strip()), "")
    return _opens(first) is not None


def _opens(line: str) -> re.Match[str] | None:
    head = line[:_LINE_HEAD]
    return _FIRST.match(head) or _TO.match(head)


def read(content: Content) -> Parsed:
    """A turn a message; reactions, and the line that repeats what is answered, are left out."""
    spoken = tuple(one for one in _messages(content.lines) if one.text)
    if not spoken:
        raise NoContent("There are only reactions in this chat.", field="file")
    return Parsed(kind=Kind.CALL, format=NAME, utterances=spoken, notices=(NOT_SPEECH,))


def _messages(lines: list[str]) -> Iterator[Utterance]:
    name, start_s, words = None, None, list[str]()
    for line in lines:
        if head := _opens(line):
            yield _message(name, start_s, words)
            name, start_s = head["name"].strip(), clock.seconds(head["time"])
            words = [line[head.end() :]]
        else:
            words.append(line)
    yield _message(name, start_s, words)


def _message(name: str | None, start_s: float | None, words: list[str]) -> Utterance:
    kept = [line.strip() for line in words if line.strip()]
    if kept and kept[0].startswith(_REACTIONS):
        kept = []
    if kept and kept[0].startswith(_ANSWERED):
        kept = kept[1:]
    return Utterance(text="\n".join(kept), speaker=name, start_s=start_s)
