"""Why fields of a note are empty, said anew after its claims have changed."""

from uuid import UUID

from service.actions.subjects import load_subject
from service.db import notes
from service.db.tables import Transaction
from service.extract.absence import absences


async def write_absent(tx: Transaction, workspace_id: UUID, source_id: UUID) -> None:
    """On the newest note of the source."""
    subject = await load_subject(tx, workspace_id, source_id)
    note = await notes.latest_note(tx, workspace_id, source_id)
    if subject is not None and note is not None:
        known = list(subject.claims.values())
        absent = absences(subject.turns, known, uncovered_turns=subject.uncovered_turns)
        await notes.set_absent(tx, workspace_id, note.id, absent=absent)
