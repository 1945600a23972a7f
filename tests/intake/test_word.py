"""Word documents: their words, and what is refused of those that only look like one."""

import time
import zipfile
from io import BytesIO

import docx
import pytest

from schemas.source import Kind, Parsed
from service.errors import BatonError, FormatUnknown, NoContent, ParseLimit
from service.intake.documents import package, word
from service.intake.read import read

HEAD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
TALK = ("Dana: We wait for the report.", "Lee: Good.", "Dana: Then April.")


def packed(parts: dict[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def document(body: str, head: str = HEAD) -> bytes:
    return packed({"word/document.xml": f"{head}<w:body>{body}</w:body></w:document>"})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def written(*paragraphs: str) -> bytes:
    """By python-docx, as Word would."""
    made, file = docx.Document(), BytesIO()
    for text in paragraphs:
        made.add_paragraph(text)
    made.save(file)
    return file.getvalue()


def said(parsed: Parsed) -> list[tuple[str | None, str]]:
    return [(one.speaker, one.text) for one in parsed.utterances]


def test_paragraphs_of_word_are_read_as_any_text() -> None:
    parsed = read(written(*TALK))
    assert parsed.format == "transcript"
    assert said(parsed) == [tuple(one.split(": ")) for one in TALK]


def test_a_contract_in_word_is_a_turn_a_paragraph() -> None:
    parsed = read(written("1. Term: two years.", "2. Price: 100 euros."), kind=Kind.CONTRACT)
    assert said(parsed) == [(None, "1. Term: two years."), (None, "2. Price: 100 euros.")]


def test_all_that_word_shows_is_read_and_deleted_words_are_not() -> None:
    body = (
        "<w:p><w:r><w:t>One</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>&lt;3</w:t></w:r></w:p>"
        "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r>"
        "</w:ins></w:p><w:tbl><w:tr><w:tc>" + paragraph("cell") + "</w:tc></w:tr></w:tbl>"
    )
    assert [text for _, text in said(read(document(body)))] == ["One\ntwo\t<3", "new", "cell"]


def test_what_stands_there_twice_for_older_programs_is_said_once() -> None:
    spaces = HEAD[:-1] + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    body = (
        f"<mc:AlternateContent><mc:Choice>{paragraph('Box')}</mc:Choice>"
        f"<mc:Fallback>{paragraph('Box')}</mc:Fallback></mc:AlternateContent>{paragraph('End')}"
    )
    assert [text for _, text in said(read(document(body, spaces)))] == ["Box", "End"]


@pytest.mark.parametrize(
    ("parts", "word"),
    [
        ({"xl/workbook.xml": "x"}, "Excel"),
        ({"ppt/presentation.xml": "x"}, "PowerPoint"),
        ({"content.xml": "x", "mimetype": "x"}, "OpenDocument"),
        ({"a.vtt": "WEBVTT"}, "ZIP archive"),
        ({"[Content_Types].xml": "x"}, "ZIP archive"),
    ],
)
def test_other_archives_are_refused_by_what_they_are(parts: dict[str, bytes], word: str) -> None:
    with pytest.raises(FormatUnknown, match=word) as refused:
        read(packed(dict(parts)))
    assert refused.value.mend


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04abc",
        document(paragraph("Hi"))[:-30],
        packed({"word/document.xml": "<w:document"}),
        packed({"word/document.xml": "\x00\x01\x02"}),
        packed({"word/document.xml": "words " * 99}, zipfile.ZIP_LZMA),
        document(paragraph("Hi")).replace(
            b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
        ),
    ],
    ids=["no archive", "cut", "no XML", "binary", "packed otherwise", "password"],
)
def test_a_damaged_or_locked_document_is_refused(data: bytes) -> None:
    with pytest.raises(FormatUnknown):
        read(data)


def test_a_document_without_words_has_no_content() -> None:
    with pytest.raises(NoContent):
        read(document("<w:p/>"))


@pytest.mark.parametrize(
    "entity",
    ["<!ENTITY a 'b'>", "<!ENTITY a SYSTEM 'file:///etc/hostname'>", "<!ENTITY % a 'b'> %a;"],
)
def test_entities_of_its_own_are_refused(entity: str) -> None:
    head = f"<!DOCTYPE w [{entity}]>{HEAD}"
    with pytest.raises(FormatUnknown, match="entities"):
        read(document(paragraph("&a;"), head))


def test_parts_at_the_limit_and_one_over() -> None:
    parts: dict[str, bytes | str] = {
        "word/document.xml": f"{HEAD}{paragraph('Hi there')}</w:document>"
    }
    parts |= {f"word/media/{at}.png": b"x" for at in range(package.MAX_ENTRIES - 1)}
    assert read(packed(parts)).utterances[0].text == "Hi there"
    with pytest.raises(ParseLimit, match="200 are the limit"):
        read(packed(parts | {"one more": b"x"}))


def test_unpacked_size_at_the_limit_and_over() -> None:
    def sized(size: int) -> int:
        room = size - len(f"{HEAD}<!----></w:document>")
        data = packed({"word/document.xml": f"{HEAD}<!--{'x' * room}--></w:document>"}, 0)
        return sum(map(len, package.word_xml(data)))

    assert sized(package.MAX_UNPACKED) == package.MAX_UNPACKED
    with pytest.raises(ParseLimit, match="over 52428800 bytes"):
        sized(package.MAX_UNPACKED + 1)


def test_a_bomb_is_stopped_by_its_ratio_before_it_is_unpacked() -> None:
    bomb = packed({"word/document.xml": HEAD + " " * 40_000_000})
    with pytest.raises(ParseLimit, match="50 times"):
        read(bomb)
    small = packed({"word/document.xml": HEAD + " " * 900_000 + paragraph("Hi") + "</w:document>"})
    assert len(small) * package.MAX_RATIO < 900_000
    assert read(small).utterances[0].text == "Hi"


def test_text_without_end_is_refused() -> None:
    data = packed({"word/document.xml": HEAD + paragraph("word " * 900_000) + "</w:document>"}, 0)
    with pytest.raises(ParseLimit, match=f"over {word.MAX_TEXT}"):
        read(data)


@pytest.mark.parametrize("worst", ["<w:p>", "<w:t/>", "<w:p/>", "&lt;", "<a:b xmlns:a='x'/>"])
def test_a_megabyte_of_the_worst_takes_under_a_second(worst: str) -> None:
    data = packed({"word/document.xml": HEAD + worst * (1_000_000 // len(worst))}, 0)
    started = time.process_time()
    with pytest.raises(BatonError):
        read(data)
    assert time.process_time() - started < 1
