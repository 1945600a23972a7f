"""What a workspace sets for itself."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from schemas.model import Model
from schemas.text import A_WORD, Flag, storable

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


class WorkspaceForm(Model):
    """Replaces what is set."""

    vendor_domains: Annotated[tuple[Domain, ...], Field(max_length=200)] = ()
    vendor_names: Annotated[tuple[Name, ...], Field(max_length=200)] = ()
    requires_consent: Flag = False


class WorkspaceView(WorkspaceForm):
    """What is set now."""

    id: str
    name: str
