import codecs

import pytest

from service.errors import FormatUnknown
from service.intake.decode import decode


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (codecs.BOM_UTF8 + "Größe".encode(), "Größe"),
        ("Größe".encode(), "Größe"),
        ("Größe €".encode("cp1252"), "Größe €"),
        (codecs.BOM_UTF16_LE + "Größe".encode("utf-16-le"), "Größe"),
        (codecs.BOM_UTF16_BE + "Größe".encode("utf-16-be"), "Größe"),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
    ],
)
def test_charsets_and_newlines(data: bytes, text: str) -> None:
    assert decode(data).text == text


def test_a_guessed_charset_is_told() -> None:
    assert [one.code for one in decode("für Grün".encode("cp1252")).notices] == ["charset-guessed"]
    assert decode("für Grün".encode()).notices == ()


def test_one_broken_byte_leaves_the_other_umlauts() -> None:
    found = decode("äöü".encode() * 10 + b"\xff")
    assert found.text == "äöü" * 10 + "\N{REPLACEMENT CHARACTER}"
    assert [one.code for one in found.notices] == ["charset-damaged"]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
        (b"\x00\x00\x00\x20ftypisom", "MP4"),
        (bytes(range(256)) * 20, "binary"),
        ("no mark".encode("utf-16-le"), "binary"),
    ],
)
def test_binary_is_refused_by_what_it_looks_like(data: bytes, word: str) -> None:
    with pytest.raises(FormatUnknown, match=word):
        decode(data)
