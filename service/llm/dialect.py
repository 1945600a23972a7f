"""How a server wants to be asked for JSON: there are several ways, and none knows them all."""

from dataclasses import dataclass, replace
from typing import Literal

from service.llm.fault import Part
from service.llm.provider import Mode

Form = Literal["json_schema", "tools", "json"]
Cap = Literal["max_tokens", "max_completion_tokens"]


@dataclass(frozen=True)
class Dialect:
    """One way to ask."""

    form: Form
    strict: bool = False
    """The server promises to keep to the schema."""
    cap: Cap = "max_tokens"
    """The older name: a server that does not know the newer one would reply without an end."""
    takes_temperature: bool = True
    """Models that reason first take none but their own."""

    def without(self, disputed: Part | None) -> "Dialect | None":
        """The same way without the part that the server disputes; None: there is no other."""
        if disputed == "cap" and self.cap == "max_tokens":
            return replace(self, cap="max_completion_tokens")
        if disputed == "shape" and self.strict:
            return replace(self, strict=False)
        if disputed == "temperature" and self.takes_temperature:
            return replace(self, takes_temperature=False)
        return None


STRICT = Dialect("json_schema", strict=True)

CANDIDATES: dict[Mode, tuple[Dialect, ...]] = {
    "auto": (STRICT, Dialect("json_schema"), Dialect("tools"), Dialect("json")),
    "json_schema": (STRICT,),
    "tools": (Dialect("tools"),),
    "json": (Dialect("json"),),
}
"""In the order in which they are tried; where there are several, a probe decides."""
