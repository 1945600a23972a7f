"""Whose call or mail it is, by the mail domains of those who took part. Never guessed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schemas.source import Notice, Participant, Side
from service.intake.freemail import FREE_MAIL
from service.intake.sides import domain_of


@dataclass(frozen=True)
class Named:
    """The references of a customer and a deal, and how they were found."""

    customer: str | None = None
    deal: str | None = None
    notices: tuple[Notice, ...] = ()


def by_domain(participants: Iterable[Participant], refs: Mapping[str, str]) -> Named:
    """The one customer of all business domains outside the vendor's; `refs` is by domain."""
    domains = {domain_of(one.email) for one in participants if one.side is not Side.VENDOR}
    business = domains - FREE_MAIL - {""}
    found = {domain: ref for domain in business if (ref := _ref(domain, refs))}
    customers = sorted(set(found.values()))
    if len(customers) == 1 and len(found) == len(business):
        return Named(customer=customers[0], notices=(_found(sorted(found)),))
    return Named(notices=(_ambiguous(sorted(business)),) if found else ())


def _ref(domain: str, refs: Mapping[str, str]) -> str | None:
    """That of the domain itself, else of the nearest one above it."""
    while domain:
        if domain in refs:
            return refs[domain]
        domain = domain.partition(".")[2]
    return None


def _found(domains: list[str]) -> Notice:
    return Notice(
        code="customer-from-domain",
        detail=f"The customer was set by the mail domain {', '.join(domains[:3])}.",
        mend="Change `customer_domains` of the workspace, or PATCH the source.",
    )


def _ambiguous(domains: list[str]) -> Notice:
    return Notice(
        code="customer-ambiguous",
        detail=f"People of {len(domains)} companies took part, so no customer was set: "
        f"{', '.join(domains[:5])}.",
        mend="Name the customer with PATCH, or complete `customer_domains` of the workspace.",
    )
