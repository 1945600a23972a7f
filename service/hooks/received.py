"""A call of a hook as it came: nothing in it is believed before its signature is."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Received:
    """One request of a provider; the body is the very bytes that were sent."""

    method: str
    url: str
    """The address that the provider was given: scheme, host, path and query."""
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes = field(repr=False)
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Of a form, by name; empty for every other body."""

    def header(self, name: str) -> str:
        """Its value, or nothing where it is missing."""
        return self.headers.get(name, "")
