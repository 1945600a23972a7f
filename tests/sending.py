"""Uploads without HTTP in front: straight into the use case."""

from typing import Any
from uuid import UUID

from schemas.api import Removed
from service.actions.erasing import Eraser, erase_source
from service.actions.files import Upload, VendorNames
from service.actions.spending import Purse
from service.actions.upload import Sender, Stored, store
from service.db.doors import Doors

TALK = """\
Dana: We will ship the second batch of forty scanners by the end of March.
Kim: We bought it because the old scanners lost every third parcel.
Dana: And I promise a spare scanner in every van, at no cost.
Kim: For us success means that no driver types a number by hand.
"""
VENDOR = VendorNames(domains=(), names=("Dana",))


async def send(
    doors: Doors,
    workspace_id: UUID,
    text: str,
    *,
    key: str | None = None,
    purse: Purse | None = None,
    **about: Any,
) -> Stored:
    """Store this text as somebody's upload; `about` is what they say of it."""
    sender = Sender(workspace_id=workspace_id, key_id="tests", idempotency_key=key)
    upload = Upload(content=text.encode(), **about)
    return await store(doors, sender, upload, vendor=VENDOR, purse=purse)


async def erase(doors: Doors, workspace_id: UUID, source_id: object) -> Removed:
    """Erase a source, as somebody of this workspace."""
    eraser = Eraser(workspace_id=workspace_id, by="tests", secret=b"secret of the tests")
    return await erase_source(doors, eraser, str(source_id))
