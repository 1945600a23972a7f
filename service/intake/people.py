"""Everybody that somebody named, found again by address, else by name."""

from collections.abc import Iterable
from typing import Protocol

from schemas.source import StatedParticipant


class Somebody(Protocol):
    """A name and an address, of which either may be unknown."""

    @property
    def name(self) -> str | None:
        """As it was written."""

    @property
    def email(self) -> str | None:
        """As it was written."""


def fold(text: str | None) -> str:
    """Without case and spaces; empty for nobody."""
    return " ".join((text or "").casefold().split())


class People:
    """Those whom the uploader or the file lists."""

    def __init__(self, listed: Iterable[StatedParticipant]) -> None:
        self.listed = tuple(listed)
        self._by_email: dict[str, list[StatedParticipant]] = {}
        self._by_name: dict[str, list[StatedParticipant]] = {}
        for one in self.listed:
            self._by_email.setdefault(fold(one.email), []).append(one)
            self._by_name.setdefault(fold(one.name), []).append(one)

    def matching(self, who: Somebody) -> list[StatedParticipant]:
        """By address; else by name, unless both have an address and these differ."""
        email, name = fold(who.email), fold(who.name)
        if email and email in self._by_email:
            return self._by_email[email]
        namesakes = self._by_name.get(name, []) if name else []
        return [one for one in namesakes if not (one.email and email)]


class Present:
    """Those who are in a list already."""

    def __init__(self, people: Iterable[Somebody]) -> None:
        self._emails: set[str] = set()
        self._names: set[str] = set()
        self._names_alone: set[str] = set()
        for one in people:
            self.add(one)

    def add(self, one: Somebody) -> None:
        """From now on they are here."""
        self._emails.add(fold(one.email))
        self._names.add(fold(one.name))
        if not fold(one.email):
            self._names_alone.add(fold(one.name))

    def holds(self, one: Somebody) -> bool:
        """By address where both have one, else by name."""
        email, name = fold(one.email), fold(one.name)
        if email:
            return email in self._emails or (bool(name) and name in self._names_alone)
        return bool(name) and name in self._names
