"""WebVTT as tools write it and the standard does not: each file has two cues with words."""

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from service.errors import BatonError
from service.intake.read import read

CUES = 2
_PAIR = "{one}\nDana: Hello there.\n\n{two}\nLee: Good morning.\n"


def _file(one: str, two: str, head: str = "WEBVTT\n\n") -> bytes:
    return (head + _PAIR.format(one=one, two=two)).encode()


DIALECTS = {
    "negative times": _file("-00:00:02.000 --> -00:00:01.000", "00:00:01.000 --> 00:00:02.000"),
    "commas": _file("00:00:01,000 --> 00:00:02,000", "00:00:03,000 --> 00:00:04,000"),
    "no milliseconds": _file("00:00:01 --> 00:00:02", "00:00:03 --> 00:00:04"),
    "unpadded": _file("0:0:1.5 --> 0:0:2.25", "0:0:3.0 --> 0:0:4.125"),
    "over 99 hours": _file("100:00:01.000 --> 100:00:02.000", "100:00:03.000 --> 100:00:04.000"),
    "no header": _file("00:00:01.000 --> 00:00:02.000", "00:00:03.000 --> 00:00:04.000", ""),
    "end before start": _file("00:00:02.000 --> 00:00:01.000", "00:00:03.000 --> 00:00:04.000"),
    "two voices in a cue": (
        b"WEBVTT\n\n00:01.000 --> 00:03.000\n<v Dana>Hello there.</v> <v Lee>Good morning.</v>\n"
    ),
}


def our_cues(data: bytes) -> int:
    """How many utterances we read."""
    try:
        return len(read(data).utterances)
    except BatonError:
        return 0


def their_cues(data: bytes) -> int:
    """How many captions webvtt-py reads; none where it refuses the file."""
    try:
        return len(webvtt.from_string(data.decode()).captions)
    except (MalformedCaptionError, MalformedFileError):
        return 0
