"""A mail thread is one source: a further message appends turns, and numbers never change."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from schemas.source import Notice, Participant, StatedParticipant, Turn, Utterance
from service.actions import duplicates
from service.actions.files import ReadFile, VendorNames, as_json, merge_participants
from service.actions.thread_search import Belonging
from service.db import originals, sources, threads, turn_rows
from service.db.customers import Owner
from service.db.tables import Record, Transaction
from service.db.turn_rows import Addressed
from service.intake.mail import copies
from service.intake.sides import decide, is_from_file

ANOTHER_TEXT = Notice(
    code="message-id-repeated",
    detail="A message came under the Message-ID of one that is here, with another text; it was not "
    "added.",
    mend="If it is another message, send it under a Message-ID of its own.",
)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def order_messages(read: Sequence[ReadFile]) -> list[ReadFile]:
    """By the time they were sent; those that do not say stay as they came, first."""
    return sorted(read, key=lambda one: one.parsed.occurred_at or _LONG_AGO)


async def append(
    tx: Transaction,
    thread: Record,
    read: ReadFile,
    *,
    vendor: VendorNames,
    joined: Belonging | None = None,
) -> bool:
    """Add what the file says that the thread does not hold yet. False: it was there."""
    here, source_id = thread.workspace_id, thread.id
    hashes = await originals.list_hashes(tx, here, source_id)
    ids = read.parsed.message_ids
    held = await threads.list_held(tx, here, source_id, ids)
    if read.content_hash in hashes:
        return False
    stored = await turn_rows.list_addressed(tx, here, source_id)
    if ids and held.issuperset(ids):
        await _note_another_text(tx, thread, read, stored)
        return False
    others = joined.others if joined else ()
    elsewhere = [one.turn.text for other in others for one in await _turns(tx, here, other)]
    new = _not_yet_said(read.utterances, stored, held=held, elsewhere=elsewhere)
    participants, turns = _decide(thread, stored, new, read=read, vendor=vendor)
    key = {"workspace_id": here, "id": source_id}
    await insert_file(tx, key, read, number=len(hashes), turns=turns, utterances=new)
    before = [(one.turn, spoken(one)) for one in stored]
    found = duplicates.find(before, list(zip(turns, new, strict=True)))
    await duplicates.settle(tx, here, source_id, found=found)
    await _note(tx, thread, read, participants=participants, joined=joined)
    return True


async def _note_another_text(
    tx: Transaction, thread: Record, read: ReadFile, stored: Sequence[Addressed]
) -> None:
    """What comes again under a known id with other words is said, not lost in silence."""
    known = {_words(one.turn.text) for one in stored}
    own = [_words(one.text) for one in read.utterances if not one.is_quoted]
    if all(any(one in held or held in one for held in known) for one in own):
        return
    row = await sources.lock_source(tx, thread.workspace_id, thread.id) or thread
    notices = [Notice.model_validate(one) for one in row.notices]
    await sources.set_participants(
        tx,
        thread.workspace_id,
        thread.id,
        participants=row.participants,
        notices=as_json(dict.fromkeys([*notices, ANOTHER_TEXT])),
    )


async def _turns(tx: Transaction, workspace_id: UUID, source_id: UUID) -> list[Addressed]:
    return await turn_rows.list_addressed(tx, workspace_id, source_id)


async def _note(
    tx: Transaction,
    thread: Record,
    read: ReadFile,
    *,
    participants: Sequence[Participant],
    joined: Belonging | None,
) -> None:
    row = await sources.lock_source(tx, thread.workspace_id, thread.id) or thread
    notices = [Notice.model_validate(one) for one in row.notices]
    came = (*read.parsed.notices, *(joined.notices if joined else ()))
    await sources.set_participants(
        tx,
        thread.workspace_id,
        thread.id,
        participants=as_json(participants),
        notices=as_json(dict.fromkeys([*notices, *came])),
    )


async def assign(tx: Transaction, thread: Record, owner: Owner) -> None:
    """A thread of nobody becomes that of the customer whom a further message is said to be of."""
    values = {
        name: value
        for name, value in (("customer_id", owner.customer_id), ("deal_id", owner.deal_id))
        if value is not None and getattr(thread, name) is None
    }
    if values:
        await sources.change_source(tx, thread.workspace_id, thread.id, values=values)


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
    await turn_rows.insert_turns(tx, here, source_id, turns=turns, utterances=utterances)
    await threads.insert_mentions(
        tx,
        here,
        source_id,
        message_ids=read.parsed.message_ids,
        references=read.parsed.references,
    )


def _not_yet_said(
    utterances: Sequence[Utterance],
    stored: Sequence[Addressed],
    *,
    held: Collection[str],
    elsewhere: Sequence[str],
) -> tuple[Utterance, ...]:
    """Without messages that the thread holds, and without quotes of what stands in it already."""
    messages = {_who_what(spoken(one)) for one in stored if not one.turn.is_quoted}
    coming = [one for one in utterances if not _is_held(one, held=held, messages=messages)]
    said = [one.turn.text for one in stored]
    return copies.without_copies(coming, said=[*said, *elsewhere])


def _is_held(
    one: Utterance, *, held: Collection[str], messages: Collection[tuple[str | None, str]]
) -> bool:
    if one.is_quoted:
        return False
    return one.message_id in held if one.message_id else _who_what(one) in messages


def _who_what(one: Utterance) -> tuple[str | None, str]:
    return one.email or one.speaker, _words(one.text)


def _words(text: str) -> str:
    return " ".join(text.split()).casefold()


def _decide(
    thread: Record,
    stored: Sequence[Addressed],
    new: tuple[Utterance, ...],
    *,
    read: ReadFile,
    vendor: VendorNames,
) -> tuple[list[Participant], tuple[Turn, ...]]:
    """Sides of the new turns, in the light of everybody in the thread; numbers go on."""
    before = [Participant.model_validate(one) for one in thread.participants]
    named = [StatedParticipant(name=one.name, email=one.email) for one in before]
    participants, turns = decide(
        (*map(spoken, stored), *new),
        stated=[StatedParticipant.model_validate(one) for one in thread.stated],
        named=[*named, *read.parsed.participants],
        vendor_domains=vendor.domains,
        vendor_names=vendor.names,
    )
    return merge_participants(before, participants), turns[len(stored) :]


def spoken(one: Addressed) -> Utterance:
    """A stored turn as the parser gave it, for deciding sides again."""
    turn = one.turn
    return Utterance(
        text=turn.text,
        speaker=turn.speaker,
        email=one.email,
        start_s=turn.start_s,
        end_s=turn.end_s,
        sent_at=turn.sent_at,
        stated_side=turn.side if is_from_file(turn.side_rule) else None,
        side_hint=turn.side_rule if is_from_file(turn.side_rule) else None,
        recipients=one.recipients,
        is_quoted=turn.is_quoted,
    )
