"""The follow-up mail is a reply with quoted history and a signature."""

from typing import Any

from service.demo import story


def test_every_line_ends_as_mail_lines_do() -> None:
    raw = story.MAIL.content()
    lines = raw.split(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 78
    assert raw.isascii()


def test_its_headers_make_it_a_reply_some_days_later(mail: Any) -> None:
    days = (mail["date"].datetime - story.CALL.occurred_at).days
    assert not mail.defects
    assert 2 <= days <= 10
    assert mail["in-reply-to"] in mail["references"]
    assert mail["message-id"] != mail["in-reply-to"]
    assert mail["content-transfer-encoding"] == "quoted-printable"


def test_the_customer_answers_the_vendor(mail: Any) -> None:
    domains = {one.domain for one in mail["to"].addresses}
    assert mail["from"].addresses[0].domain not in story.VENDOR_DOMAINS
    assert domains == set(story.VENDOR_DOMAINS)


def test_signature_and_history_stand_below_the_new_text(mail_text: str) -> None:
    text = mail_text
    signature, attribution = text.index("\n-- \n"), text.index("\nOn Wed, 14 Jan 2026")
    quoted = [line for line in text[attribution:].splitlines() if line.startswith(">")]
    assert signature < attribution < text.index("\n>")
    assert len(quoted) >= 20
    assert not any(line.startswith(">") for line in text[:attribution].splitlines())


def test_the_recap_moves_the_date_and_the_reply_confirms_it(mail_text: str) -> None:
    new, _, old = mail_text.partition("wrote:")
    assert "we will go live on all 61 buses on 24 March instead of 17 March" in old
    assert "The 24th of March works for us." in new
    assert "\N{MINUS SIGN}31\N{DEGREE SIGN}C" in new
