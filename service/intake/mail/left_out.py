"""What of a mail becomes no turn: kept aside, so that it can be shown, and said in notices."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from schemas.source import Cut, CutKind, Notice, Utterance
from service.intake.mail.body import Body
from service.intake.mail.headers import Headers
from service.intake.mail.quoted import Quoted


@dataclass
class LeftOut:
    """Quotes, signatures, parts that are not read, and what is odd about a mail."""

    cuts: list[Cut] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    marks: list[Notice] = field(default_factory=list)

    def note(self, body: Body, headers: Headers, marks: Iterable[Notice]) -> None:
        """What a mail has beside its text."""
        self.attachments += body.attachments
        self.ignored += body.ignored
        self.defects += headers.repeated
        self.marks += marks

    def quote(self, inside: Headers, older: Quoted, *, sent_at: datetime | None) -> None:
        """An older message as it stands in a mail."""
        author = older.author or older.email
        self._cut(CutKind.HISTORY, inside, older.text, author=author, sent_at=sent_at)
        self._cut(CutKind.SIGNATURE, inside, older.signature, author=author, sent_at=sent_at)
        if older.text and author is None:
            self.unnamed.append(older.text)

    def sign(self, headers: Headers, signature: str) -> None:
        """The signature below a mail's own words."""
        author = headers.sender.name or headers.sender.email
        self._cut(CutKind.SIGNATURE, headers, signature, author=author, sent_at=headers.sent_at)

    def _cut(
        self,
        kind: CutKind,
        inside: Headers,
        text: str,
        *,
        author: str | None,
        sent_at: datetime | None,
    ) -> None:
        if text:
            self.cuts.append(
                Cut(
                    kind=kind,
                    message_id=inside.message_id,
                    author=author,
                    sent_at=sent_at,
                    text=text,
                )
            )

    def take_unnamed(self) -> list[Utterance]:
        """Words that nobody signs are kept with no speaker rather than pinned on the sender."""
        taken = set(self.unnamed)
        self.cuts = [one for one in self.cuts if one.text not in taken]
        return [Utterance(text=text) for text in self.unnamed]

    def notices(self) -> Iterator[Notice]:
        """What a person should know of it."""
        if size := self._size(CutKind.HISTORY):
            yield Notice(
                code="history-cut",
                detail=f"{size} characters of quoted history are no part of the new text; older "
                "messages that name their author and stand nowhere else are turns of their own.",
            )
        if size := self._size(CutKind.SIGNATURE):
            detail = f"{size} characters of signatures and disclaimers were cut."
            yield Notice(code="signature-cut", detail=detail)
        yield from self._of_parts()
        yield from dict.fromkeys(self.marks)

    def _size(self, kind: CutKind) -> int:
        return sum(len(one.text) for one in self.cuts if one.kind is kind)

    def _of_parts(self) -> Iterator[Notice]:
        if self.attachments:
            yield Notice(
                code="attachments-not-read",
                detail=f"Not read: {', '.join(self.attachments)}.",
                mend="Upload an attachment as a source of its own.",
            )
        if self.ignored:
            yield Notice(code="part-ignored", detail=f"Ignored: {', '.join(self.ignored)}.")
        if self.defects:
            fields = ", ".join(dict.fromkeys(self.defects))
            detail = f"Repeated header fields, the first counts: {fields}."
            yield Notice(code="mail-defect", detail=detail)
