import base64
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.source import Kind, Parsed
from service.errors import BatonError, NoContent, ParseLimit
from service.intake.content import Content
from service.intake.mail import message as mail

HEAD = (
    b"From: Marcus Lee <Marcus.Lee@Acme.example>\r\n"
    b"To: Dana Okafor <dana@northwind.example>\r\n"
    b"Date: Mon, 02 Mar 2026 09:14:05 +0100\r\n"
    b"Subject: Renewal\r\nMessage-ID: <a1@acme.example>\r\n"
)


def read(body: bytes, *headers: bytes, head: bytes = HEAD) -> Parsed:
    return parse(head + b"".join(line + b"\r\n" for line in headers) + b"\r\n" + body)


def parse(data: bytes) -> Parsed:
    return mail.read(Content(data))


def new_text(parsed: Parsed) -> str:
    return parsed.utterances[-1].text


def codes(parsed: Parsed) -> list[str]:
    return [notice.code for notice in parsed.notices]


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(Path(__file__).parent / "hostile")


def test_a_message_says_who_wrote_what_and_when() -> None:
    parsed = read(b"We need SAML.\r\n", b"References: <r0@x.example>\r\n <r1@x.example>")
    (turn,) = parsed.utterances
    assert (turn.speaker, turn.email) == ("Marcus Lee", "marcus.lee@acme.example")
    assert turn.sent_at == datetime(2026, 3, 2, 8, 14, 5, tzinfo=UTC)
    assert (parsed.kind, parsed.format, parsed.title) == (Kind.EMAIL, "eml", "Renewal")
    assert parsed.message_ids == ("a1@acme.example",)
    assert parsed.references == ("r0@x.example", "r1@x.example")
    assert [each.email for each in parsed.participants] == [
        "marcus.lee@acme.example",
        "dana@northwind.example",
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xef\xbb\xbf" + HEAD + b"\r\nGr\xc3\xbc\xc3\x9fe", "Grüße"),
        (("\ufeff" + (HEAD + b"\n").decode() + "Grüße ☂").encode("utf-16-le"), "Grüße ☂"),
        (("\ufeff" + (HEAD + b"\n").decode() + "Grüße ☂").encode("utf-16-be"), "Grüße ☂"),
        (((HEAD + b"\n").decode() + "Grüße").encode("utf-16-le"), "Grüße"),
    ],
)
def test_a_byte_order_mark_costs_no_headers(data: bytes, words: str) -> None:
    parsed = parse(data)
    assert parsed.title == "Renewal"
    assert new_text(parsed) == words


@pytest.mark.parametrize(
    ("charset", "body", "words"),
    [
        (b"us-ascii", "Grüße".encode(), "Grüße"),
        (b"us-ascii", b"Gr\xfc\xdfe", "Grüße"),
        (b"iso-8859-1", b"\x93yes\x94", "“yes”"),
        (b"utf-8", b"Gr\xfc\xdfe", "Grüße"),
        (b"X-UNKNOWN", b"Gr\xfc\xdfe", "Grüße"),
        (b"X-UNKNOWN", "Grüße".encode(), "Grüße"),
        (b"windows-1252", b"\x80 90\x81", "€ 90\x81"),
        (b"zip", b"plain", "plain"),
        (b"gb2312", "价格 90 元".encode("gb18030"), "价格 90 元"),
        (b"iso-2022-jp", "価格は90円".encode("iso-2022-jp"), "価格は90円"),
    ],
)
def test_a_wrong_charset_costs_no_letters(charset: bytes, body: bytes, words: str) -> None:
    parsed = read(body, b"Content-Type: text/plain; charset=" + charset)
    assert new_text(parsed) == words


def test_eight_bits_without_any_content_type_are_read() -> None:
    assert new_text(read("Grüße".encode())) == "Grüße"
    assert new_text(read(b"Gr\xfc\xdfe")) == "Grüße"


@pytest.mark.parametrize(
    ("date", "received", "sent_at"),
    [
        (b"32 Foo 2026", b"by x; Mon, 2 Mar 2026 10:00:00 +0100", "2026-03-02T09:00:00+00:00"),
        (b"2 Mar 2026 10:00", b"by x; Mon, 2 Mar 2026 10:00:00 +0000", "2026-03-02T10:00:00+00:00"),
        (b"2 Mar 2026 10:00 -0000", b"by x", "2026-03-02T10:00:00+00:00"),
        (b"2 Mar 20260 10:00 +9999999", b"by x; never", None),
        (b"", b"", None),
    ],
)
def test_a_bad_date_falls_back_to_received(date: bytes, received: bytes, sent_at: str) -> None:
    parsed = read(
        b"Hello there", b"Received: " + received, b"Date: " + date, head=b"From: a@x.example\r\n"
    )
    moment = parsed.utterances[0].sent_at
    assert (moment.isoformat() if moment else None) == sent_at


def test_of_several_senders_the_first_counts_and_a_notice_says_so() -> None:
    parsed = read(b"Hello there", b"From: Other <other@x.example>")
    assert parsed.utterances[0].email == "marcus.lee@acme.example"
    assert "mail-defect" in codes(parsed)


def test_flowed_lines_are_joined_and_delsp_is_obeyed() -> None:
    flowed = b"Content-Type: text/plain; format=flowed"
    assert new_text(read(b"one \r\ntwo\r\n\r\nthree\r\n", flowed)) == "one two\n\nthree"
    assert new_text(read(b"wo \r\nrd\r\n", flowed + b"; delsp=yes")) == "word"
    assert new_text(read(b"text \r\n-- \r\nMarcus\r\n", flowed)) == "text"


def test_encoded_words_of_mixed_charsets_make_one_subject() -> None:
    subject = b"Subject: =?utf-8?q?Gr=C3=BC?= =?iso-8859-1?q?=DFe?= =?x-none?q?_ja?="
    parsed = read(b"Hello there", subject, head=b"From: =?utf-8?b?SsO2cmc=?= <j@x.example>\r\n")
    assert parsed.title == "Grüße ja"
    assert parsed.utterances[0].speaker == "Jörg"


def test_an_encoded_subject_smuggles_no_header_in() -> None:
    hidden = base64.b64encode(b"Hi\r\nBcc: victim@x.example\0\x1b")
    parsed = read(
        b"Hello there",
        b"Subject: =?utf-8?b?" + hidden + b"?=",
        b'From: "=?utf-8?b?' + hidden + b'?=" <a@x.example>',
        head=b"",
    )
    assert parsed.title == "Hi Bcc: victim@x.example"
    for text in (parsed.title, parsed.utterances[0].speaker or ""):
        assert not set(text) & set("\r\n\0\x1b")


def alternative(plain: bytes, html: bytes, *, closing: bytes = b"--b--\r\n") -> Parsed:
    return read(
        b"--b\r\nContent-Type: text/plain\r\n\r\n" + plain + b"\r\n"
        b"--b\r\nContent-Type: text/html\r\n\r\n" + html + b"\r\n" + closing,
        b"Content-Type: multipart/alternative; boundary=b",
    )


def test_of_alternatives_the_plain_one_is_read_unless_it_is_a_stub() -> None:
    assert new_text(alternative(b"plain words", b"<p>other words")) == "plain words"
    assert new_text(alternative(b"  ", b"<p>other words")) == "other words"
    stub = b"Please view in HTML to see this message."
    assert new_text(alternative(stub, b"<p>other words")) == "other words"


def test_a_missing_closing_boundary_costs_no_words() -> None:
    assert new_text(alternative(b"plain words", b"<p>other", closing=b"")) == "plain words"


def mixed(*parts: bytes) -> Parsed:
    body = b"".join(b"--b\r\n" + part + b"\r\n" for part in parts)
    return read(body + b"--b--\r\n", b"Content-Type: multipart/mixed; boundary=b")


def test_attachments_are_named_and_never_read() -> None:
    parsed = mixed(
        b"Content-Type: text/plain\r\n\r\nSee the offer.",
        b"Content-Type: text/plain\r\nContent-Disposition: attachment;\r\n"
        b" filename*0*=utf-8''..%2F..%2FPr; filename*1*=%C3%BCfung.txt\r\n\r\nsecret words",
    )
    assert [each.text for each in parsed.utterances] == ["See the offer."]
    (notice,) = parsed.notices
    assert notice.code == "attachments-not-read"
    assert "Prüfung.txt" in notice.detail
    assert "/" not in notice.detail


def test_an_invitation_and_winmail_are_ignored_with_a_notice() -> None:
    parsed = mixed(
        b"Content-Type: text/plain\r\n\r\nSee you.",
        b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR",
        b"Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\nx",
    )
    assert new_text(parsed) == "See you."
    assert codes(parsed) == ["part-ignored"]


def test_a_message_of_attachments_only_has_no_content() -> None:
    with pytest.raises(NoContent, match=r"offer\.pdf"):
        mixed(b"Content-Type: application/pdf; name=offer.pdf\r\n\r\nx")


def test_an_attached_message_is_an_older_message_of_its_own() -> None:
    parsed = mixed(
        b"Content-Type: text/plain\r\n\r\nSee below.",
        b"Content-Type: message/rfc822\r\n\r\nFrom: Ann <ann@x.example>\r\n"
        b"Date: Sun, 1 Mar 2026 08:00:00 +0000\r\n\r\nWe promise Frankfurt.",
    )
    assert [(each.speaker, each.text) for each in parsed.utterances] == [
        ("Ann", "We promise Frankfurt."),
        ("Marcus Lee", "See below."),
    ]


def test_quoted_history_is_never_pinned_on_the_replier() -> None:
    parsed = read(
        b"8% works.\r\n\r\nBest regards,\r\nMarcus\r\n\r\n"
        b"On Mon, Mar 2, 2026 at 8:40 AM Dana Okafor <dana@northwind.example> wrote:\r\n\r\n"
        b"> I can do 8%.\r\n"
    )
    assert [(each.email, each.text) for each in parsed.utterances] == [
        ("dana@northwind.example", "I can do 8%."),
        ("marcus.lee@acme.example", "8% works."),
    ]
    assert parsed.utterances[0].sent_at == datetime(2026, 3, 2, 7, 40, tzinfo=UTC)
    assert codes(parsed) == ["history-cut", "signature-cut"]
    assert parsed.notices[0].detail.startswith("12 characters")


def test_a_quote_that_names_nobody_is_cut_and_counted() -> None:
    parsed = read(b"> Is SAML included?\r\n\r\nYes.\r\n")
    assert [each.text for each in parsed.utterances] == ["Yes."]
    assert codes(parsed) == ["history-cut"]


def test_words_that_nobody_signs_are_kept_without_a_speaker() -> None:
    parsed = read(b"-----Original Message-----\r\n\r\nWe promise Frankfurt.\r\n")
    (turn,) = parsed.utterances
    assert (turn.text, turn.speaker, turn.email) == ("We promise Frankfurt.", None, None)


def test_html_shows_what_a_reader_sees() -> None:
    parsed = read(
        b"<html><head><style>p{}</style></head><body><script>x()</script><p>One&nbsp;line</p>"
        b"<div style='display: none'>gone</div><p hidden>gone<p>two<br>three"
        b"<blockquote type=cite>old</blockquote></body></html>",
        b"Content-Type: text/html; charset=utf-8",
    )
    assert new_text(parsed) == "One line\n\ntwo\nthree"
    assert codes(parsed) == ["history-cut"]


@pytest.mark.usefixtures("hostile")
def test_hostile_messages_are_refused_before_they_are_parsed() -> None:
    from hostile_mails import OVER_THE_LIMITS

    for build, what in OVER_THE_LIMITS:
        with pytest.raises(ParseLimit, match=what):
            parse(build())


@pytest.mark.usefixtures("hostile")
def test_at_the_limits_a_message_is_still_read() -> None:
    import hostile_mails

    assert parse(hostile_mails.many_parts(199)).utterances
    assert parse(hostile_mails.deep_multiparts(20)).utterances
    assert parse(b"Subject: " + b"a" * (64 * 1024 - 10) + b"\n\nHello").title == "a" * 300


def test_every_sample_is_read_or_refused_with_a_reason(shared: Path) -> None:
    files = sorted((shared / "samples/email/eml").glob("*.eml"))
    assert files
    refused = set()
    for file in files:
        try:
            assert all(each.text for each in parse(file.read_bytes()).utterances)
        except BatonError as error:
            refused.add((file.stem, error.type))
    assert refused == {
        ("mail_attachment_only_email", "no-content"),
        ("mail_bad_date_header", "no-content"),
        ("mail_missing_body", "no-content"),
    }


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("apple_mail", "bob"),
        ("comcast", "bob@xxx.mailgun.org"),
        ("gmail", "Megan One"),
        ("hotmail", "bob@xxx.mailgun.org"),
        ("iphone", "bob"),
        ("outlook", "xxx@xxx.mailgun.org"),
    ],
)
def test_each_client_replies_hello(shared: Path, name: str, author: str) -> None:
    parsed = parse((shared / f"samples/email/replies_eml/{name}.eml").read_bytes())
    older, new = parsed.utterances
    assert new.text == "Hello"
    assert new.sent_at == parsed.occurred_at
    assert older.speaker == author
    assert older.text.startswith("Hi")


def test_each_html_client_replies_the_same(shared: Path) -> None:
    files = sorted((shared / "samples/email/replies_html").glob("*.html"))
    assert files
    for file in files:
        parsed = read(file.read_bytes(), b"Content-Type: text/html; charset=utf-8")
        older, new = parsed.utterances
        expected = "Reply" if "OLK" in file.name else "Hi. I am fine. Thanks, Alex"
        assert " ".join(new.text.split()) == expected, file.name
        assert older.text.startswith(("Hello! How are you?", "Hi")), file.name


def test_each_message_of_the_thread_has_its_new_text(shared: Path) -> None:
    folder = shared / "samples/email/thread"
    for expected in json.loads((folder / "expected.json").read_text()):
        parsed = parse((folder / expected["file"]).read_bytes())
        assert new_text(parsed) == expected["new_text"]
        authors = [each.email for each in parsed.utterances[-4:]]
        assert (
            authors
            == [
                "marcus.lee@acme.example",
                "dana@northwind.example",
                "marcus.lee@acme.example",
                "dana@northwind.example",
            ][: len(authors)]
        )
