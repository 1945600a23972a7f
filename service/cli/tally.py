"""What became of each file, and how that is told."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from rich.console import Group
from rich.text import Text

from service.cli.printing import table

MOST_SHOWN = 100


class Outcome(StrEnum):
    """What became of a file."""

    NEW = "new"
    ALREADY_THERE = "already_there"
    REFUSED = "refused"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Taken:
    """One file with its outcome; the reason where it was not taken."""

    path: Path
    outcome: Outcome
    source_id: UUID | None = None
    type: str = ""
    reason: str = ""

    def as_json(self) -> dict[str, str]:
        """Only what there is to say."""
        said = {
            "path": str(self.path),
            "outcome": self.outcome,
            "source_id": str(self.source_id or ""),
            "type": self.type,
            "reason": self.reason,
        }
        return {name: value for name, value in said.items() if value}


@dataclass
class Tally:
    """Every outcome so far; contents are not in it."""

    taken: list[Taken] = field(default_factory=list)

    def add(self, one: Taken) -> None:
        """In the order in which they end."""
        self.taken.append(one)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each outcome."""
        found = Counter(one.outcome for one in self.taken)
        return {str(outcome): found[outcome] for outcome in Outcome}

    @property
    def source_ids(self) -> list[UUID]:
        """The sources that these files are, each once."""
        return list(dict.fromkeys(one.source_id for one in self.taken if one.source_id))

    def of(self, outcome: Outcome) -> list[Taken]:
        """Those that ended so."""
        return [one for one in self.taken if one.outcome is outcome]

    def shown(self) -> Group:
        """The counts, then each file that was not taken with its reason."""
        counts = [(name.replace("_", " "), str(count)) for name, count in self.counts.items()]
        return Group(
            table(("files", ""), counts),
            *self._reasons(Outcome.REFUSED),
            *self._reasons(Outcome.SKIPPED),
        )

    def _reasons(self, outcome: Outcome) -> list[Text | Group]:
        found = self.of(outcome)
        if not found:
            return []
        rows = [(str(one.path), one.reason) for one in found[:MOST_SHOWN]]
        rest = len(found) - len(rows)
        more = f"and {rest} more: --json lists them all" if rest else ""
        return [Text(), Group(table((outcome, "why"), rows), *([Text(more)] if more else []))]
