"""To whom a source belongs: what the uploader says, else what the file says, else its people."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from schemas.source import Notice, Parsed
from service.actions.files import ReadFile, Upload
from service.db import customer_domains, customers
from service.db.customers import Owner
from service.db.tables import Transaction
from service.errors import DealCustomerClash
from service.intake import owners
from service.intake.owners import Named

_FROM_FILE = Notice(
    code="customer-from-file",
    detail="The customer and the deal are those that the file names.",
    mend="PATCH the source where they are wrong.",
)


@dataclass(frozen=True)
class Owned:
    """The owner, and what a person should know of how it was found."""

    owner: Owner
    is_stated: bool
    """The uploader named it."""
    notices: tuple[Notice, ...] = ()

    @property
    def stated(self) -> Owner:
        """Only what the uploader named: a thread that is known goes before what is inferred."""
        return self.owner if self.is_stated else Owner(None, None)


async def find_owner(
    tx: Transaction, workspace_id: UUID, upload: Upload, read: Sequence[ReadFile]
) -> Owned:
    """What the uploader names is not mixed with what the file names. Raises DealCustomerClash."""
    if upload.customer or upload.deal:
        owner = await customers.find_owner(
            tx, workspace_id, customer_ref=upload.customer, deal_ref=upload.deal
        )
        return Owned(owner, is_stated=True)
    named = _by_file(read[0].parsed)
    if named is None:
        people = [one for file in read for one in file.participants]
        refs = await customer_domains.list_domains(tx, workspace_id)
        named = owners.by_domain(people, refs)
    return await _owned(tx, workspace_id, named)


def _by_file(parsed: Parsed) -> Named | None:
    if not (parsed.customer or parsed.deal):
        return None
    return Named(parsed.customer, parsed.deal, notices=(_FROM_FILE,))


async def _owned(tx: Transaction, workspace_id: UUID, named: Named) -> Owned:
    """A file that contradicts what is known of its deal assigns nothing, and nothing is made."""
    try:
        async with tx.begin_nested():
            owner = await customers.find_owner(
                tx, workspace_id, customer_ref=named.customer, deal_ref=named.deal
            )
    except DealCustomerClash as clash:
        notice = Notice(
            code="customer-ambiguous",
            detail=f"The file names another customer for it. {clash.detail}",
            mend="Name the customer with PATCH.",
        )
        return Owned(Owner(None, None), is_stated=False, notices=(notice,))
    return Owned(owner, is_stated=False, notices=named.notices)
