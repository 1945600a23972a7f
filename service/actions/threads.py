"""A mail thread is one source: a further message appends turns, and numbers never change."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from schemas.source import Notice, Participant, StatedParticipant, Turn, Utterance
from service.actions.files import ReadFile, VendorNames, as_json, merge_participants
from service.db import originals, sources, threads, turn_rows
from service.db.tables import Record, Transaction
from service.intake.sides import decide

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def order_messages(read: Sequence[ReadFile]) -> list[ReadFile]:
    """By the time they were sent; those that do not say stay as they came, first."""
    return sorted(read, key=lambda one: one.parsed.occurred_at or _LONG_AGO)


async def append(tx: Transaction, thread: Record, read: ReadFile, *, vendor: VendorNames) -> bool:
    """Add what the message says that the thread does not hold yet. False: it was there."""
    here, source_id = thread.workspace_id, thread.id
    own = read.parsed.message_id
    if own and await threads.has_message(tx, here, source_id, message_id=own):
        return False
    hashes = await originals.list_hashes(tx, here, source_id)
    if read.content_hash in hashes:
        return False
    stored = await turn_rows.list_speakers(tx, here, source_id)
    new = _not_yet_said(read.utterances, [turn.text for turn, _ in stored])
    participants, turns = _decide(thread, stored, new, read=read, vendor=vendor)
    key = {"workspace_id": here, "id": source_id}
    await insert_file(tx, key, read, number=len(hashes), turns=turns, utterances=new)
    notices = [Notice.model_validate(one) for one in thread.notices]
    await sources.set_participants(
        tx,
        here,
        source_id,
        participants=as_json(participants),
        notices=as_json(dict.fromkeys([*notices, *read.parsed.notices])),
    )
    return True


async def insert_file(
    tx: Transaction,
    source: Mapping[str, Any],
    read: ReadFile,
    *,
    number: int,
    turns: Sequence[Turn],
    utterances: Sequence[Utterance],
) -> None:
    """A file of a source: its bytes, its turns, the messages it names."""
    here, source_id = source["workspace_id"], source["id"]
    await originals.insert_original(
        tx,
        here,
        source_id,
        content=read.file.content,
        content_hash=read.content_hash,
        filename=read.file.filename,
        number=number,
    )
    emails = [one.email for one in utterances]
    await turn_rows.insert_turns(tx, here, source_id, turns=turns, emails=emails)
    await threads.insert_mentions(
        tx,
        here,
        source_id,
        message_id=read.parsed.message_id,
        references=read.parsed.references,
    )


def _not_yet_said(utterances: Sequence[Utterance], said: Sequence[str]) -> tuple[Utterance, ...]:
    """Without the older messages that are quoted in this one and stand in the thread already."""
    known = {_words(text) for text in said}
    return tuple(one for one in utterances if _words(one.text) not in known)


def _words(text: str) -> str:
    return " ".join(text.split()).casefold()


def _decide(
    thread: Record,
    stored: Sequence[tuple[Turn, str | None]],
    new: tuple[Utterance, ...],
    *,
    read: ReadFile,
    vendor: VendorNames,
) -> tuple[list[Participant], tuple[Turn, ...]]:
    """Sides of the new turns, in the light of everybody in the thread; numbers go on."""
    before = [Participant.model_validate(one) for one in thread.participants]
    named = [StatedParticipant(name=one.name, email=one.email) for one in before]
    participants, turns = decide(
        (*(spoken(turn, email) for turn, email in stored), *new),
        stated=[StatedParticipant.model_validate(one) for one in thread.stated],
        named=[*named, *read.parsed.participants],
        vendor_domains=vendor.domains,
        vendor_names=vendor.names,
    )
    return merge_participants(before, participants), turns[len(stored) :]


def spoken(turn: Turn, email: str | None) -> Utterance:
    """A stored turn as the parser gave it, for deciding sides again."""
    is_from_file = turn.side_rule == "file"
    return Utterance(
        text=turn.text,
        speaker=turn.speaker,
        email=email,
        start_s=turn.start_s,
        end_s=turn.end_s,
        sent_at=turn.sent_at,
        stated_side=turn.side if is_from_file else None,
    )
