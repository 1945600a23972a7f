"""One claim as its readers see it, with every change that made it so."""

from uuid import UUID

from schemas.claim_forms import ClaimRecord, ClaimVersion
from schemas.note import Claim
from service.actions.showing import Reader
from service.actions.views import claim_view, evidence_view, in_utc
from service.db import claim_changes, claims
from service.db.doors import Doors
from service.db.tables import Transaction
from service.errors import NotFound


async def show_claim(doors: Doors, reader: Reader, claim_id: str) -> ClaimRecord:
    """A claim with its changes, the oldest first. Raises NotFound."""
    here, key = reader.workspace_id, parse_claim_id(claim_id)
    async with doors.workspace_transaction(here) as tx:
        claim = await find_claim_view(tx, here, key)
        rows = await claim_changes.list_changes(tx, here, key)
    changes = [
        ClaimVersion(
            version=row.version,
            at=in_utc(row.created_at),
            rule=row.rule,
            by=row.by,
            comment=row.comment,
            before=row.before,
        )
        for row in rows
    ]
    return ClaimRecord(claim=claim, changes=tuple(changes))


async def find_claim_view(tx: Transaction, workspace_id: UUID, claim_id: UUID) -> Claim:
    """A claim with its quotes. Raises NotFound."""
    row = await claims.find_claim(tx, workspace_id, claim_id)
    if row is None:
        raise no_claim()
    spans = await claims.list_evidence(tx, workspace_id, [claim_id])
    return claim_view(row, [evidence_view(span) for span in spans])


def parse_claim_id(text: str) -> UUID:
    """An id of ours; anything else names nothing. Raises NotFound."""
    try:
        return UUID(text)
    except ValueError as error:
        raise no_claim() from error


def no_claim() -> NotFound:
    """One answer for an id of nobody, of a stranger, and for what is no id."""
    return NotFound("There is no claim of that id.", mend="Take an id of a note.")
