"""One file of an upload, read: what it says, who speaks, and the row that is stored of it."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from schemas.model import Model
from schemas.source import Kind, Parsed, Participant, StatedParticipant, Turn, Utterance
from service import parsing
from service.intake.mail import subjects
from service.intake.sides import decide
from service.intake.turns import join


@dataclass(frozen=True)
class File:
    """Bytes as they came, with the name they came under."""

    content: bytes
    filename: str | None = None


@dataclass(frozen=True)
class Upload:
    """What a caller sends: a file, and what they say about it."""

    content: bytes
    filename: str | None = None
    rest: tuple[File, ...] = ()
    """Further messages of the same mail thread."""
    kind: Kind | None = None
    format: str | None = None
    customer: str | None = None
    deal: str | None = None
    title: str | None = None
    occurred_at: datetime | None = None
    participants: tuple[StatedParticipant, ...] = ()
    external_id: str | None = None
    consent: bool | None = None

    @property
    def files(self) -> tuple[File, ...]:
        """All of them, the first first."""
        return (File(self.content, self.filename), *self.rest)


@dataclass(frozen=True)
class VendorNames:
    """How a workspace's own people are known."""

    domains: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class ReadFile:
    """A file that was parsed, with its sides decided."""

    file: File
    parsed: Parsed
    utterances: tuple[Utterance, ...]
    participants: tuple[Participant, ...]
    turns: tuple[Turn, ...]

    @property
    def content_hash(self) -> bytes:
        """SHA-256 of the bytes as they came."""
        return hashlib.sha256(self.file.content).digest()

    @property
    def message_ids(self) -> list[str]:
        """Its own id and those it refers to, where it is mail."""
        return [*self.parsed.message_ids, *self.parsed.references]

    def external_id(self, upload: Upload) -> str | None:
        """The uploader's own id of it, else the tool's."""
        return upload.external_id or self.parsed.external_id

    def described(self, upload: Upload) -> dict[str, Any]:
        """Columns of its source: what the uploader says goes before what the file says."""
        is_mail = self.parsed.kind is Kind.EMAIL
        return {
            "kind": self.parsed.kind,
            "format": self.parsed.format,
            "title": upload.title or self.parsed.title,
            "occurred_at": upload.occurred_at or self.parsed.occurred_at,
            "thread_subject": subjects.bare(self.parsed.title) or None if is_mail else None,
            "external_id": self.external_id(upload),
            "consent": upload.consent,
            "content_hash": self.content_hash,
            "stated": as_json(upload.participants),
            "participants": as_json(self.participants),
            "notices": as_json(self.parsed.notices),
        }


def read_file(file: File, upload: Upload, vendor: VendorNames) -> ReadFile:
    """Parse in a child process and decide the sides. Raises what the parsers raise."""
    parsed = parsing.parse(file.content, format=upload.format, kind=upload.kind)
    utterances = join(parsed)
    participants, turns = decide(
        utterances,
        stated=upload.participants,
        named=parsed.participants,
        vendor_domains=vendor.domains,
        vendor_names=vendor.names,
        recorded_by=parsed.recorded_by,
    )
    return ReadFile(file, parsed, utterances, participants, turns)


def as_json(models: Iterable[Model]) -> list[dict[str, Any]]:
    """Models as the columns of JSON hold them."""
    return [model.model_dump(mode="json") for model in models]


def merge_participants(
    known: Sequence[Participant], new: Iterable[Participant]
) -> list[Participant]:
    """Everybody once, by address, else by name; the newer verdict holds."""
    merged = {(one.email or "", one.name if not one.email else ""): one for one in known}
    merged |= {(one.email or "", one.name if not one.email else ""): one for one in new}
    return list(merged.values())
