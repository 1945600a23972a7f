import pytest

from service.intake.content import Content
from service.intake.detect import detect


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\xef\xbb\xbfWEBVTT - title\n\n0:1.0 --> 0:2.0\nhi", "webvtt"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nhi", "srt"),
        (b'\n [ {"text": "a"} ]', "json"),
        (b"[00:12] A: x\n[00:13] B: y\n[00:14] A: z", "transcript"),
        (b"[12:30] A: x\n[12:31] B: y\n[12:32] A: z]", "transcript"),
        (b"From: a@b.test\r\nSubject: x\r\n\r\nHello", "eml"),
        ("\ufeffFrom: a@b.test\r\nSubject: x\r\n\r\nHello".encode("utf-16-le"), "eml"),
        (b"Received: x\n by y\nX-Odd: 1\nSubject: z\n\nHello", "eml"),
        (b"Date: Jan 20\nSubject: check-in\n\nA: x.\nB: y.\nA: z.\nB: w.", "transcript"),
        (b"WEBVTTX is a word.", "text"),
        (b"The range 00:01 --> 00:02 is odd.", "text"),
        (b"{curly} words", "text"),
    ],
)
def test_content_decides(data: bytes, name: str) -> None:
    assert detect(Content(data)).row.name == name
