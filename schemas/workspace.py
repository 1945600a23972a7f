"""What a workspace sets for itself."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from schemas.model import Model
from schemas.text import A_WORD, Flag, Reference, storable

_PLAIN = r"[^@\s\u0000-\u001f\u0085]"


def _domain(text: str) -> str:
    if "@" in text or "." not in text or any(char.isspace() or char < " " for char in text):
        raise ValueError("must be a mail domain, such as northwind.example")
    return text


Domain = Annotated[
    str,
    StringConstraints(strip_whitespace=True, to_lower=True, min_length=3, max_length=253),
    AfterValidator(_domain),
    AfterValidator(storable),
    Field(json_schema_extra={"pattern": rf"^{_PLAIN}*\.{_PLAIN}*$"}),
]
Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=300),
    AfterValidator(storable),
    A_WORD,
]


Usd = Annotated[float, Field(strict=True, ge=0, le=1_000_000)]
"""An amount of money; a word is none."""


CustomerDomains = Annotated[
    dict[Domain, Reference],
    # The domains are patterns of keys in JSON Schema: other keys are refused, which it has to say.
    Field(max_length=1000, json_schema_extra={"additionalProperties": False}),
]


class WorkspaceForm(Model):
    """Replaces what is set."""

    vendor_domains: Annotated[tuple[Domain, ...], Field(max_length=200)] = ()
    vendor_names: Annotated[tuple[Name, ...], Field(max_length=200)] = ()
    customer_domains: CustomerDomains = Field(default_factory=dict)
    """Which customer people of a mail domain are: its reference, by domain."""
    requires_consent: Flag = False
    budget_day_usd: Usd | None = None
    """What the workspace may spend on a model each day in UTC, where the server allows more."""


class Destination(Model):
    """A server that is sent parts of sources."""

    to: str
    """Its host, and its port where it is not the usual one."""
    what: str
    redacted: tuple[str, ...]
    """What is taken out before."""


class WorkspaceView(WorkspaceForm):
    """What is set now."""

    id: str
    name: str
    spent_today_usd: float
    """Since midnight in UTC; a request that is not settled counts with its estimate."""
    leaves_machine: tuple[Destination, ...]
    """What the server's settings send elsewhere; empty: nothing."""
