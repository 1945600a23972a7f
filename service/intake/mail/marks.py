"""What a message is beside a letter: of a list, from a machine, or returned to its sender."""

from collections.abc import Iterator
from email.message import Message

from schemas.source import Notice
from service.intake.mail import text as mail_text

_AUTO_SUBJECTS = (
    "automatic reply:",
    "auto:",
    "out of office",
    "automatische antwort:",
    "abwesenheitsnotiz",
    "réponse automatique",
    "respuesta automática",
    "risposta automatica",
    "resposta automática",
    "automatisch antwoord",
    "autosvar",
    "automaattinen vastaus",
    "automatyczna odpowiedź",
    "automatická odpověď",
    "автоответ",
    "自動応答",
    "自动答复",
    "自动回复",
)
_DAEMONS = ("mailer-daemon@", "postmaster@", "mail-daemon@")
_SHOWN = 200


def notices(message: Message) -> Iterator[Notice]:
    """What should be known of a message before its words are taken for somebody's."""
    if _is_bounce(message):
        yield Notice(
            code="bounce",
            detail=f"{_named(message)} reports that a message was not delivered.",
        )
    elif _is_automatic(message):
        yield Notice(
            code="auto-reply",
            detail=f"{_named(message)} was written by a machine, not by its sender.",
        )
    if _is_list(message):
        yield Notice(
            code="mailing-list",
            detail=f"{_named(message)} came over a mailing list: others read it too.",
        )


def _named(message: Message) -> str:
    subject = _field(message, "subject")[:_SHOWN]
    return f"The message {subject!r}" if subject else "A message without a subject"


def _field(message: Message, name: str) -> str:
    """The first field of that name, as raw as it came; headers are read without a policy."""
    found = (str(value) for key, value in message.raw_items() if key.strip().lower() == name)
    return mail_text.header(next(found, ""))


def _is_bounce(message: Message) -> bool:
    is_report = message.get_content_type() == "multipart/report"
    kind = _field(message, "content-type").casefold()
    sender = _field(message, "from").casefold()
    returned = is_report and "delivery-status" in kind
    return returned or any(daemon in sender for daemon in _DAEMONS)


def _is_automatic(message: Message) -> bool:
    submitted = _field(message, "auto-submitted").casefold()
    if submitted and not submitted.startswith("no"):
        return True
    if _field(message, "x-autoreply") or _field(message, "x-autorespond"):
        return True
    is_auto = _field(message, "precedence").casefold() == "auto_reply"
    return is_auto or _field(message, "subject").casefold().startswith(_AUTO_SUBJECTS)


def _is_list(message: Message) -> bool:
    is_named = _field(message, "list-id") or _field(message, "list-post")
    return bool(is_named) or _field(message, "precedence").casefold() in {"list", "bulk"}
