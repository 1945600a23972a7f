"""One thread in every form in which tools hand out mail: the same messages come out of each."""

import base64
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from schemas.source import Parsed
from service.errors import FormatUnknown, Malformed, NoContent, ParseLimit, SeveralThreads
from service.intake.read import read

FIRST = "We will send the contract by Friday."
SECOND = "We need every sensor tested before we sign."
HISTORY = f"\n\nOn Mon, Mar 2, 2026 at 9:00 AM Dana <dana@wayfold.example> wrote:\n\n> {FIRST}\n"
EXPECTED = [("dana@wayfold.example", FIRST), ("kim@kim.example", SECOND)]
HEADERS = {
    "From": "Kim <kim@kim.example>",
    "To": "Dana <dana@wayfold.example>",
    "Subject": "Re: Pilot",
    "Date": "Tue, 03 Mar 2026 09:00:00 +0000",
    "Message-ID": "<m1@kim.example>",
    "References": "<m0@wayfold.example>",
}
EML = "".join(f"{name}: {value}\n" for name, value in HEADERS.items()) + f"\n{SECOND}{HISTORY}"
EARLIER = (
    "From: Dana <dana@wayfold.example>\nTo: kim@kim.example\nSubject: Pilot\n"
    "Date: Mon, 02 Mar 2026 09:00:00 +0000\nMessage-ID: <m0@wayfold.example>\n\n" + FIRST + "\n"
)


def url64(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def gmail(headers: dict[str, str], text: str, **more: Any) -> dict[str, Any]:
    named = [{"name": name, "value": value} for name, value in headers.items()]
    body = {"size": len(text), "data": url64(text)}
    payload = {"mimeType": "text/plain", "headers": named, "body": body, "filename": ""}
    return {"id": "1", "threadId": "t", "payload": payload, **more}


def graph(sender: str, text: str, day: int, **more: Any) -> dict[str, Any]:
    return {
        "internetMessageId": f"<m{day - 2}@kim.example>",
        "subject": "Re: Pilot",
        "sentDateTime": f"2026-03-0{day}T09:00:00Z",
        "from": {"emailAddress": {"name": "X", "address": sender}},
        "toRecipients": [{"emailAddress": {"address": "dana@wayfold.example"}}],
        "conversationId": "c",
        "body": {"contentType": "text", "content": text},
        **more,
    }


FORMS: dict[str, tuple[str, Any]] = {
    "eml": ("eml", EML),
    "mbox of one": ("eml", f"From kim@kim.example Tue Mar  3 09:00:00 2026\n{EML}"),
    "gmail message": ("gmail", gmail(HEADERS, SECOND + HISTORY)),
    "gmail raw": ("gmail", {"id": "1", "threadId": "t", "raw": url64(EML)}),
    "gmail thread": ("gmail", {"id": "t", "messages": [gmail(HEADERS, SECOND + HISTORY)]}),
    "graph message": ("msgraph-mail", graph("kim@kim.example", SECOND + HISTORY, 3)),
    "graph list": ("msgraph-mail", {"value": [graph("kim@kim.example", SECOND + HISTORY, 3)]}),
    "sendgrid": (
        "sendgrid-inbound",
        {
            "envelope": "{}",
            "headers": "".join(f"{name}: {value}\n" for name, value in HEADERS.items()),
            "text": SECOND + HISTORY,
        },
    ),
    "sendgrid raw": ("sendgrid-inbound", {"envelope": "{}", "email": EML}),
    "mailgun": (
        "mailgun-inbound",
        {
            "sender": "kim@kim.example",
            "recipient": "in@wayfold.example",
            "message-headers": json.dumps(list(HEADERS.items())),
            "body-plain": SECOND + HISTORY,
            "stripped-text": SECOND,
        },
    ),
    "mailgun mime": ("mailgun-inbound", {"sender": "k", "recipient": "i", "body-mime": EML}),
    "postmark": (
        "postmark-inbound",
        {
            "FromFull": {"Email": "kim@kim.example", "Name": "Kim"},
            "Subject": "Re: Pilot",
            "MessageID": "not-the-id-of-the-message",
            "Date": HEADERS["Date"],
            "TextBody": SECOND + HISTORY,
            "Headers": [{"Name": "Message-ID", "Value": "<m1@kim.example>"}],
        },
    ),
}


def parsed(body: Any) -> Parsed:
    return read((body if isinstance(body, str) else json.dumps(body)).encode())


def said(found: Parsed) -> list[tuple[str | None, str]]:
    return [(one.email, one.text) for one in found.utterances]


def codes(found: Parsed) -> set[str]:
    return {one.code for one in found.notices}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_the_same_messages(form: str) -> None:
    name, body = FORMS[form]
    found = parsed(body)
    assert found.format == name
    assert said(found) == EXPECTED
    assert [one.is_quoted for one in found.utterances] == [True, False]
    assert found.utterances[1].sent_at == datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    if name != "msgraph-mail":
        assert found.message_ids == ("m1@kim.example",)


def test_a_quote_of_a_message_in_the_same_file_is_not_stored_again() -> None:
    lines = "From a@b.example Mon Mar  2 09:00:00 2026\n"
    found = parsed(f"{lines}{EML}\n{lines}{EARLIER}")
    assert said(found) == EXPECTED
    assert [one.is_quoted for one in found.utterances] == [False, False]
    assert (found.title, found.message_ids) == ("Pilot", ("m0@wayfold.example", "m1@kim.example"))


def test_only_a_from_line_with_a_weekday_behind_a_blank_line_splits() -> None:
    start = "From a@b.example Mon Mar  2 09:00:00 2026\r\n"
    prose = "From Monday on we ship.\r\n\r\nFrom here on: prose.\r\n>From the top."
    body = "From: a@b.example\r\nSubject: x\r\n\r\n" + prose
    (one,) = parsed(start + body).utterances
    assert parsed(start + body).format == "mbox"
    assert one.text == prose.replace("\r\n", "\n").replace(">From", "From")


def test_several_threads_in_one_mailbox_are_refused_over_http() -> None:
    start = "From - Mon Mar  2 09:00:00 2026\n"
    other = "From: lee@lee.example\nSubject: Other\nMessage-ID: <x@lee.example>\n\nWe want it.\n"
    with pytest.raises(SeveralThreads, match="2 messages of 2 threads"):
        parsed(f"{start}{EML}\n{start}{other}")


def test_drafts_spam_and_bin_of_gmail_are_left_out() -> None:
    kept = gmail(HEADERS, SECOND)
    dropped = [
        gmail(HEADERS | {"Message-ID": f"<{label}@x.example>"}, "No.", labelIds=[label])
        for label in ("DRAFT", "TRASH", "SPAM")
    ]
    assert said(parsed({"messages": [kept, *dropped]})) == EXPECTED[1:]
    with pytest.raises(NoContent):
        parsed({"messages": dropped})


def test_parts_of_gmail_are_walked_and_attachments_named() -> None:
    html = {"mimeType": "text/html", "body": {"data": url64("<p>other")}, "filename": ""}
    plain = {"mimeType": "text/plain", "body": {"data": url64(SECOND)}, "filename": ""}
    pdf = {"mimeType": "application/pdf", "filename": "offer.pdf", "body": {"attachmentId": "a"}}
    one = gmail(HEADERS, "")
    one["payload"] |= {
        "mimeType": "multipart/mixed",
        "body": {},
        "parts": [{"mimeType": "multipart/alternative", "parts": [plain, html]}, pdf],
    }
    found = parsed(one)
    assert said(found) == EXPECTED[1:]
    assert any("offer.pdf" in notice.detail for notice in found.notices)


def test_bytes_of_gmail_keep_the_charset_of_their_part() -> None:
    one = gmail(HEADERS | {"Content-Type": "text/plain; charset=iso-8859-1"}, "")
    one["payload"]["body"] = {"data": base64.urlsafe_b64encode(b"Gr\xfc\xdfe \x93ja\x94").decode()}
    assert parsed(one).utterances[0].text == "Grüße “ja”"


def test_what_is_no_base64_of_gmail_is_said() -> None:
    with pytest.raises(Malformed, match="raw"):
        parsed({"id": "1", "threadId": "t", "raw": "%%%"})


LONG = "a" * 70_000


@pytest.mark.parametrize(
    "body",
    [
        gmail(HEADERS | {"Subject": LONG}, SECOND),
        graph("kim@kim.example", SECOND, 3, subject=LONG),
        FORMS["postmark"][1] | {"Subject": LONG},
        FORMS["sendgrid"][1] | {"headers": f"Subject: {LONG}\nFrom: a@b.example\n"},
        FORMS["mailgun"][1] | {"message-headers": json.dumps([["Subject", LONG]])},
        gmail(HEADERS, "") | {"payload": {"headers": [], "parts": [{}] * 300}},
    ],
)
def test_the_limits_of_a_message_hold_in_every_form(body: dict[str, Any]) -> None:
    with pytest.raises(ParseLimit):
        parsed(body)


def test_the_unique_body_of_graph_is_the_new_text() -> None:
    unique = {"contentType": "html", "content": "<p>" + SECOND}
    one = graph("kim@kim.example", "whatever the client made of it", 3, uniqueBody=unique)
    assert said(parsed({"value": [one]})) == EXPECTED[1:]


def test_drafts_of_graph_are_left_out_and_may_name_nobody() -> None:
    draft = graph("", "No.", 4, isDraft=True) | {"from": None}
    assert said(parsed({"value": [graph("kim@kim.example", SECOND, 3), draft]})) == EXPECTED[1:]


def test_pasted_text_keeps_authors_and_dates_and_invents_none() -> None:
    text = (
        "Fine with us.\n\nFrom: Kim <kim@kim.example>\nSent: Tuesday, March 3, 2026 9:00 AM\n"
        f"To: Dana\n\n{SECOND}{HISTORY}"
    )
    found = parsed(text)
    assert said(found) == [*EXPECTED, (None, "Fine with us.")]
    assert found.format == "pasted-mail"
    assert {"times-without-zone", "author-unknown"} <= codes(found)


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ("List-Id: <users.lists.example>", "mailing-list"),
        ("Precedence: bulk", "mailing-list"),
        ("Auto-Submitted: auto-replied", "auto-reply"),
        ("Subject: Abwesenheitsnotiz: Pilot", "auto-reply"),
        ("From: MAILER-DAEMON@mx.example", "bounce"),
        ('Content-Type: multipart/report; report-type=delivery-status; boundary="b"', "bounce"),
    ],
)
def test_lists_machines_and_bounces_are_said(headers: str, code: str) -> None:
    text = (
        "--b\n\nI am away until Monday.\n" if "boundary" in headers else "I am away until Monday."
    )
    assert code in codes(parsed(f"{headers}\nMessage-ID: <a@b.example>\nTo: a@b.example\n\n{text}"))


def test_a_letter_is_no_list_no_machine_and_no_bounce() -> None:
    assert codes(parsed(f"Auto-Submitted: no\n{EML}")) == {"history-cut"}


def test_outlook_files_are_read(shared: Path) -> None:
    folder = shared / "samples/email/msg"
    found = read((folder / "oxmsg_no_attachments.msg").read_bytes())
    assert (found.format, found.title) == ("outlook-msg", "This is the subject")
    assert found.utterances[0].email == "peterpan@neverland.com"
    assert found.utterances[0].sent_at is None
    found = read((folder / "oxmsg_message.msg").read_bytes())
    assert "attachments-not-read" in codes(found)


def test_a_cut_or_empty_outlook_file_is_refused(shared: Path) -> None:
    data = (shared / "samples/email/msg/oxmsg_message.msg").read_bytes()
    for part in (data[:600], data[: len(data) // 2], data[:8] + bytes(4_000)):
        with pytest.raises(FormatUnknown, match=r"cannot be read|not an Outlook"):
            read(part)


def test_the_sample_thread_is_the_same_in_every_form(shared: Path) -> None:
    folder = shared / "samples/email"
    expected = [
        one["new_text"] for one in json.loads((folder / "thread/expected.json").read_text())
    ]
    for name in (
        "mbox/thread.mbox",
        "api/gmail_threads_get_full.json",
        "api/msgraph_messages.json",
    ):
        found = read((folder / name).read_bytes())
        assert [one.text for one in found.utterances] == expected, name
        assert not any(one.is_quoted for one in found.utterances), name
