# ruff: noqa: RUF001 - other scripts are what is tested here
"""Reply splitters of others as a second opinion, and the worst cases of what is ours."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
import quotequail
from mailparser_reply import EmailReplyParser

from schemas.source import Utterance
from service.intake.content import Content
from service.intake.mail import copies, html_text, mbox, pasted, quoted, subjects
from service.intake.mail.copies import Known

LANGUAGES = ["cs", "da", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "sv", "zh"]
QUOTE = "\n\n> The offer ends in May.\n"
WRITTEN = "We agree with all of it."
BOTH_KNOW = [
    "On Mon, Mar 2, 2026 at 9:14 AM Marcus Lee <marcus@acme.example> wrote:",
    "Am Mo., 2. März 2026 um 09:14 Uhr schrieb Marcus Lee <marcus@acme.example>:",
    "Le lun. 2 mars 2026 à 09:14, Marcus Lee <marcus@acme.example> a écrit :",
    "Il giorno lun 2 mar 2026 alle ore 09:14 Marcus Lee <marcus@acme.example> ha scritto:",
    "Den mån 2 mars 2026 kl 09:14 skrev Marcus Lee <marcus@acme.example>:",
]


@pytest.mark.parametrize("attribution", BOTH_KNOW)
def test_mail_parser_reply_finds_the_same_new_text(attribution: str) -> None:
    text = f"{WRITTEN}\n\n{attribution}{QUOTE}"
    theirs = EmailReplyParser(languages=LANGUAGES).parse_reply(text)
    assert quoted.split(text).new == theirs == WRITTEN


@pytest.mark.parametrize("attribution", BOTH_KNOW[:3])
def test_quotequail_finds_the_same_quote(attribution: str) -> None:
    text = f"{WRITTEN}\n\n{attribution}{QUOTE}"
    parts = quotequail.quote(text)
    assert parts[0][1].strip().startswith(quoted.split(text).new)
    assert parts[-1] == (False, parts[-1][1])
    assert quoted.split(text).history[0].text in parts[-1][1]


@pytest.mark.parametrize("prose", ["From: our side, nothing is open.", "On Monday Ann wrote: yes"])
def test_where_others_cut_prose_ours_keeps_it(prose: str) -> None:
    assert quoted.split(f"{prose}\nWe wait for you.").new.startswith(prose)


HTML = [
    (
        '<div class="gmail_quote"><div class="gmail_attr">On Mon, Mar 2, 2026 at 9:14 AM '
        "Marcus Lee &lt;m@acme.example&gt; wrote:<br></div>"
        "<blockquote class=gmail_quote>Old words.</blockquote>"
    ),
    (
        '<hr><div id="divRplyFwdMsg"><b>From:</b> Marcus Lee &lt;m@acme.example&gt;<br>'
        "<b>Sent:</b> Monday, March 2, 2026 9:14 AM<br>"
        "<b>To:</b> Dana<br><b>Subject:</b> x</div><p>Old words."
    ),
    (
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class=MsoNormal><b>Von:</b> '
        "Marcus Lee &lt;m@acme.example&gt;<br><b>Gesendet:</b> Montag, 2. März 2026 09:14<br>"
        "<b>An:</b> Dana<br><b>Betreff:</b> x</p></div><p class=MsoNormal>Old words.</p>"
    ),
    (
        '<div class="yahoo_quoted"><div>On Monday, March 2, 2026, 09:14:00 AM GMT, Marcus Lee '
        "&lt;m@acme.example&gt; wrote:</div><div><div>Old words.</div></div></div>"
    ),
    (
        '<div class="moz-cite-prefix">Am 02.03.26 um 09:14 schrieb Marcus Lee:<br></div>'
        '<blockquote type="cite" cite="mid:x">Old words.</blockquote>'
    ),
    (
        '<blockquote type="cite"><div>On 2 Mar 2026, at 09:14, Marcus Lee &lt;m@acme.example&gt; '
        "wrote:</div><br><div>Old words.</div></blockquote>"
    ),
]


@pytest.mark.parametrize("quote", HTML)
def test_quotes_of_html_are_cut_and_named(quote: str) -> None:
    found = quoted.split(html_text.to_text(f"<div>New <b>words</b>.</div><br>{quote}"))
    assert found.new == "New words."
    (older,) = found.history
    assert (older.author, older.text) == ("Marcus Lee", "Old words.")


def test_a_copy_is_known_however_it_is_wrapped_marked_or_linked() -> None:
    known = Known(["See the offer at wayfold.example for all of it.\n\nWe ship in May."])
    assert known.unknown("*We ship*\nin May.") == ""
    assert (
        known.unknown("See the offer at wayfold.example<https://w.example>\nfor all of it.") == ""
    )
    assert known.unknown("We ship in June.\n\nWe ship in May.") == "We ship in June."
    assert known.share("We ship in May. And so on and on.") < copies.MOSTLY


def test_words_inside_the_quote_of_a_known_message_are_nobodys() -> None:
    message = Utterance(text="Is SAML in it?\n\nAnd Frankfurt, from when on?", speaker="Kim")
    answered = f"{message.text}\n\nWe will add it in May for you."
    quote = Utterance(text=answered, speaker="Kim", email="kim@kim.example", is_quoted=True)
    found = copies.without_copies([message, quote])
    assert [(one.speaker, one.text) for one in found] == [
        ("Kim", message.text),
        (None, "We will add it in May for you."),
    ]


def test_a_few_words_left_over_in_a_copy_are_dropped() -> None:
    message = Utterance(text="We ship all sensors in the first week of May.", speaker="Dana")
    quote = replace(message, text=f"{message.text}\n\nBest, Dana", is_quoted=True)
    assert copies.without_copies([message, quote]) == (message,)


@pytest.mark.parametrize(
    ("subject", "bare", "is_reply"),
    [
        ("Re: AW: Fwd: Pilot", "pilot", True),
        ("RE[2]: Pilot", "pilot", True),
        ("回复：试点", "试点", True),
        ("Pilot: Re", "pilot: re", False),
        ("Research: pilot", "research: pilot", False),
        (None, "", False),
    ],
)
def test_a_subject_without_what_clients_put_in_front(
    subject: str | None, bare: str, *, is_reply: bool
) -> None:
    assert (subjects.bare(subject), subjects.is_reply(subject)) == (bare, is_reply)


def _many_copies(text: str) -> object:
    quotes = [Utterance(text=f"{n} {text[:99]}", speaker="a", is_quoted=True) for n in range(200)]
    return copies.without_copies([Utterance(text=text), *quotes])


WORST: list[Callable[[str], object]] = [
    lambda text: list(mbox.places(text.encode().splitlines(keepends=True))),
    lambda text: mbox.unescaped(text.encode()),
    lambda text: pasted.fits(Content(text.encode())),
    _many_copies,
    subjects.bare,
]
PIECES = ["From a Mon \n", ">From ", "\n", "\n\n", "a", "a\n\n", "On 1 a@b wrote:\n", "<", "re:"]


@pytest.mark.parametrize("work", WORST)
@pytest.mark.parametrize("piece", PIECES)
def test_a_megabyte_of_the_worst_takes_under_two_seconds(
    work: Callable[[str], object], piece: str
) -> None:
    text = piece * (1_000_000 // len(piece))
    start = time.process_time()
    work(text)
    assert time.process_time() - start < 2
