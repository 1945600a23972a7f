# ruff: noqa: RUF001 - other scripts are what is tested here
import time
from pathlib import Path

import pytest

from service.intake.mail import html_text as mail_html
from service.intake.mail import quoted
from service.intake.mail.quoted import Marker


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(Path(__file__).parent / "hostile")


ATTRIBUTIONS = [
    "On Mon, Mar 2, 2026 at 9:14 AM Marcus Lee <marcus@acme.example> wrote:",
    "On Mon, Mar 2, 2026 at 9:14 AM Marcus Lee\n<marcus@acme.example> wrote:",
    "Am Mo., 2. März 2026 um 09:14 Uhr schrieb Marcus Lee <marcus@acme.example>:",
    "Am Mo., 2. März 2026 um 09:14 Uhr\nschrieb Marcus Lee <\nmarcus@acme.example>:",
    "Le lun. 2 mars 2026 à 09:14, Marcus Lee <marcus@acme.example> a écrit :",
    "El lun, 2 mar 2026 a las 9:14, Marcus Lee (<marcus@acme.example>) escribió:",
    "Il giorno lun 2 mar 2026 alle ore 09:14 Marcus Lee <marcus@acme.example> ha scritto:",
    "Em seg., 2 de mar. de 2026 às 09:14, Marcus Lee <marcus@acme.example> escreveu:",
    "Op ma 2 mrt 2026 om 09:14 schreef Marcus Lee <marcus@acme.example>:",
    "Op 2 maart 2026 om 09:14 heeft Marcus Lee <marcus@acme.example> het volgende geschreven:",
    "Den mån 2 mars 2026 kl 09:14 skrev Marcus Lee <marcus@acme.example>:",
    "ma 2. maalisk. 2026 klo 9.14 Marcus Lee (marcus@acme.example) kirjoitti:",
    "pon., 2 mar 2026 o 09:14 Marcus Lee <marcus@acme.example> napisał(a):",
    "po 2. 3. 2026 v 9:14 odesílatel Marcus Lee <marcus@acme.example> napsal:",
    "пн, 2 мар. 2026 г. в 09:14, Marcus Lee <marcus@acme.example>:",
    "2026年3月2日(月) 9:14 Marcus Lee <marcus@acme.example>:",
    "在 2026年3月2日 9:14，Marcus Lee <marcus@acme.example> 写道：",
    "2026년 3월 2일 (월) 오전 9:14, Marcus Lee <marcus@acme.example>님이 작성:",
]

BLOCKS = [
    "From: Marcus Lee <marcus@acme.example>\nSent: Monday, March 2, 2026 9:14 AM\nTo: Dana",
    "----Original Message----\nFrom: Marcus Lee [mailto:marcus@acme.example]\nSent: 2 Mar 26 9:14",
    "________\nVon: Marcus Lee <marcus@acme.example>\nGesendet: Montag, 2. März 2026 09:14\nAn: D",
    "De : Marcus Lee <marcus@acme.example>\nEnvoyé : lundi 2 mars 2026 09:14\nObjet : x",
    "Da: Marcus Lee <marcus@acme.example>\nInviato: lunedì 2 marzo 2026 09:14\nA: Dana",
    "*Van:* Marcus Lee <marcus@acme.example>\n*Verzonden:* maandag 2 maart 2026 09:14\n*Aan:* D",
    "Från: Marcus Lee <marcus@acme.example>\nSkickat: den 2 mars 2026 09:14\nTill: Dana",
    "Od: Marcus Lee <marcus@acme.example>\nWysłano: 2 marca 2026 09:14\nDo: Dana\nTemat: x",
    "От: Marcus Lee <marcus@acme.example>\nОтправлено: 2 марта 2026 г. 9:14\nКому: Dana",
    "差出人: Marcus Lee <marcus@acme.example>\n送信日時: 2026年3月2日 9:14\n宛先: Dana",
    "发件人： Marcus Lee <marcus@acme.example>\n发送时间： 2026年3月2日 9:14\n收件人： Dana",
    "> From: Marcus Lee <marcus@acme.example>\n> Date: Mon, 2 Mar 2026 09:14:00\n> To: Dana\n>",
]


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
@pytest.mark.parametrize("mark", ["> ", ""])
def test_an_attribution_names_whom_it_quotes(attribution: str, mark: str) -> None:
    found = quoted.split(f"We agree.\n\n{attribution}\n\n{mark}Old words here.\n")
    assert found.new == "We agree."
    (older,) = found.history
    assert (older.text, older.author, older.email) == (
        "Old words here.",
        "Marcus Lee",
        "marcus@acme.example",
    )
    assert older.sent_at is not None
    assert older.sent_at.isoformat() == "2026-03-02T09:14:00"


@pytest.mark.parametrize("block", BLOCKS)
def test_a_header_block_names_whom_it_quotes(block: str) -> None:
    mark = "> " if block.startswith(">") else ""
    found = quoted.split(f"We agree.\n\n{block}\n{mark}\n{mark}Old words here.\n")
    assert found.new == "We agree."
    (older,) = found.history
    assert (older.text, older.author) == ("Old words here.", "Marcus Lee")
    assert older.email == "marcus@acme.example"
    assert str(older.sent_at) == "2026-03-02 09:14:00"


@pytest.mark.parametrize(
    "prose",
    [
        "On Monday the board wrote:\nwe want the pilot first.",
        "From: our side, nothing is open.\nWe wait for you.",
        "Am heutigen Tage sind wir fertig.",
        "To: whom it may concern\nwe ship on 3 March.",
        "We shipped 3 units.\n\nThanks,\nAlex",
        "The fix -- this is no signature -- is in.",
        "5 > 3 and a -> b",
    ],
)
def test_prose_is_not_taken_for_a_marker(prose: str) -> None:
    found = quoted.split(prose)
    assert found.new == prose
    assert found.history == ()


def test_answers_between_quotes_are_the_new_text() -> None:
    text = (
        "On 2 Mar 2026 at 9:14 Marcus Lee <m@acme.example> wrote:\n"
        "> Is SAML included?\n\nYes.\n\n> And Frankfurt?\n\nFrom May.\n"
    )
    found = quoted.split(text)
    assert found.new == "│ Is SAML included?\n\nYes.\n\n│ And Frankfurt?\n\nFrom May."
    assert [each.text for each in found.history] == ["Is SAML included?\n\nAnd Frankfurt?"]
    assert found.history[0].author == "Marcus Lee"


def test_lines_quoted_without_attribution_name_nobody() -> None:
    found = quoted.split("> Is SAML included?\nYes.\n")
    assert found.new == "Yes."
    assert found.history == (quoted.Quoted(marker=Marker.QUOTE, text="Is SAML included?"),)


def test_a_wrapped_attribution_takes_no_prose_with_it() -> None:
    found = quoted.split(
        "Am 2. März kommt das Angebot.\n"
        "Am 2. März 2026 um 09:14 schrieb Marcus <\nm@acme.example>:\n\nWann?\n"
    )
    assert found.new == "Am 2. März kommt das Angebot."
    assert [(each.author, each.text) for each in found.history] == [("Marcus", "Wann?")]


def test_a_postscript_below_the_signature_is_text() -> None:
    found = quoted.split("Fine.\n\nBest regards,\nDana\n\nPS: we add Frankfurt for free.\n")
    assert found.new == "Fine.\n\nPS: we add Frankfurt for free."
    assert found.signature == "Best regards,\nDana"


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nMarcus Lee\nHead of Operations",
        "Mit freundlichen Grüßen\nMarcus Lee",
        "Sent from my iPhone",
        "Von meinem iPhone gesendet",
        "Get Outlook for iOS",
        "Disclaimer\n\nThe information contained in this message is confidential.",
        "This email and any attachments are confidential.",
        "_______________________________________________\nlist@lists.example",
    ],
)
def test_a_signature_is_set_apart(signature: str) -> None:
    found = quoted.split(f"We sign on Friday.\n\n{signature}\n")
    assert found.new == "We sign on Friday."
    assert found.signature.splitlines()[0] == signature.splitlines()[0].rstrip()


def test_quotes_in_quotes_keep_their_authors() -> None:
    inner = "> On 1 Mar 2026 at 8:00 Ann <a@x.example> wrote:\n>> one"
    found = quoted.split(f"three\nOn 2 Mar 2026 at 9:00 Bob <b@x.example> wrote:\n> two\n{inner}\n")
    assert [(each.author, each.text) for each in found.history] == [("Bob", "two"), ("Ann", "one")]


def test_more_older_messages_than_are_told_apart_name_nobody() -> None:
    head = "On 2 Mar 2026 at 9:00 Bob <b@x.example> wrote:\nyes\n"
    history = quoted.split("new\n" + head * 1_000).history
    assert history[quoted.MAX_OLDER - 1].author == "Bob"
    assert history[-1].author is None
    assert len(history) == quoted.MAX_OLDER + 1


@pytest.mark.usefixtures("hostile")
def test_every_marker_is_read_in_linear_time() -> None:
    from hostile_mails import MARKERS

    for marker in MARKERS:
        text = marker * (1_000_000 // len(marker))
        start = time.process_time()
        quoted.split(text)
        assert time.process_time() - start < 3, marker


def test_marked_sections_of_word_processors_are_dropped() -> None:
    html = "<p><![if !supportLists]>one<![endif]> two <![unheard of ]>three<![CDATA[x]]>"
    assert mail_html.to_text(html) == "one two three"


@pytest.mark.usefixtures("hostile")
def test_every_tag_is_read_in_linear_time() -> None:
    from hostile_mails import TAGS

    for tag in TAGS:
        start = time.process_time()
        mail_html.to_text(tag * (1_000_000 // len(tag)))
        assert time.process_time() - start < 4, tag
