import pytest

from schemas.source import Participant, Side
from service.intake.owners import by_domain

REFS = {"acme.example": "acme", "acme.test": "acme", "kim.example": "kim"}


def people(*emails: str | None) -> list[Participant]:
    own = [Participant(name="Dana", email="d@own.example", side=Side.VENDOR, side_rule="x")]
    return own + [
        Participant(name="Jo", email=one, side=Side.UNKNOWN, side_rule="unknown") for one in emails
    ]


@pytest.mark.parametrize(
    ("emails", "customer", "code"),
    [
        (["a@acme.example"], "acme", "customer-from-domain"),
        (["a@ACME.example", "b@eu.acme.example"], "acme", "customer-from-domain"),
        (["a@acme.example", "b@acme.test"], "acme", "customer-from-domain"),
        (["a@acme.example", "b@gmail.com", None], "acme", "customer-from-domain"),
        (["a@acme.example", "b@kim.example"], None, "customer-ambiguous"),
        (["a@acme.example", "b@partner.example"], None, "customer-ambiguous"),
        (["a@notacme.example"], None, None),
        (["a@gmail.com"], None, None),
        ([None], None, None),
        ([], None, None),
    ],
)
def test_one_company_outside_the_vendor(
    emails: list[str | None], customer: str | None, code: str | None
) -> None:
    named = by_domain(people(*emails), REFS)
    assert named.customer == customer
    assert [one.code for one in named.notices] == ([code] if code else [])


def test_a_vendor_is_no_customer() -> None:
    assert by_domain(people(), {"own.example": "own"}).customer is None
