"""Re-runs without a server: a source that was read, and extractors that say what they are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import numpy as np
from live import Database
from sending import TALK, send

from schemas.claim import Draft
from schemas.note import Claim, Note
from schemas.proposal import Proposal
from schemas.source import Notice, Side, StatedParticipant
from service.actions.extraction import Extraction, Extractor, LocalExtractor, RunFacts, Tell, Tools
from service.actions.grounding import ground
from service.actions.people import Person
from service.actions.proposing import accept_proposal, show_proposal
from service.actions.reading import read_source
from service.actions.rerun_ends import end_badly
from service.actions.rerun_requests import request_rerun
from service.actions.rerunning import rerun_source
from service.actions.rows import Subject
from service.actions.showing import Reader, show_note
from service.actions.spending import Purse
from service.db.doors import Doors
from service.db.job_health import Ended
from service.embed.embedder import Vectors
from service.errors import ModelAway

SHIP = "We will ship the second batch of forty scanners by the end of March"
WHY = "We bought it because the old scanners lost every third parcel"
SPARE = "And I promise a spare scanner in every van, at no cost"
SUCCESS = "For us success means that no driver types a number by hand"
"""What the rules find in the talk that `sending` sends."""
MARCH = "by the end of March"
SIDES = (
    StatedParticipant(name="Dana", side=Side.VENDOR),
    StatedParticipant(name="Kim", side=Side.CUSTOMER),
)


class Flat:
    """Embeds everything alike."""

    name, width = "flat/1", 4

    def passages(self, texts: Sequence[str]) -> Vectors:
        return np.full((len(texts), self.width), 0.5, dtype=np.float32)

    def query(self, text: str) -> Vectors:
        return np.asarray(self.passages([text])[0])


@dataclass(frozen=True)
class Says:
    """Proposes these drafts of any source; the gate judges them as it does everybody's."""

    drafts: tuple[Draft, ...] = ()
    uncovered_turns: tuple[int, ...] = ()
    notices: tuple[Notice, ...] = ()

    async def extract(self, subject: Subject, *, attempt: UUID, tell: Tell) -> Extraction:
        del attempt, tell
        facts = RunFacts(
            "says",
            "partial" if self.uncovered_turns else "complete",
            uncovered_turns=self.uncovered_turns,
        )
        return Extraction(ground(self.drafts, subject), facts, self.notices)


def draft(field: str, turn: int, quote: str, statement: str = "", **more: Any) -> Draft:
    return Draft(field=field, turn=turn, quote=quote, statement=statement or quote, **more)


@dataclass(frozen=True)
class Source:
    """A source of a workspace of its own, with what is asked of it in tests."""

    doors: Doors
    database: Database
    workspace_id: UUID
    id: UUID
    purse: Purse | None = None

    @property
    def reader(self) -> Reader:
        return Reader(self.workspace_id)

    @property
    def person(self) -> Person:
        return Person(self.workspace_id, "tests", by="Ana", comment="Heard it myself.")

    async def ask(self) -> str:
        """The id of the re-run that waits now."""
        return (
            await request_rerun(
                self.doors, self.reader, str(self.id), key_id="tests", purse=self.purse
            )
        ).id

    async def work(self, extractor: Extractor, *, accepts: bool = False) -> Ended | None:
        """One attempt at the re-run that waits, ended as the worker ends it."""
        tools = Tools(extractor, Flat(), accepts_reruns=accepts)
        ids = {"workspace_id": self.workspace_id, "source_id": self.id, "attempt": uuid4()}
        try:
            return await rerun_source(self.doors, tools, **ids)
        except ModelAway as error:
            return await end_badly(self.doors, error, **ids)

    async def rerun(self, extractor: Extractor, *, accepts: bool = False) -> Proposal:
        await self.ask()
        assert await self.work(extractor, accepts=accepts) is Ended.DONE
        return await self.proposal()

    async def proposal(self) -> Proposal:
        return await show_proposal(self.doors, self.reader, str(self.id))

    async def accept(self) -> Proposal:
        return await accept_proposal(self.doors, self.person, str(self.id))

    async def note(self) -> Note:
        return await show_note(self.doors, self.reader, str(self.id))

    async def claims(self) -> dict[str, Claim]:
        """Those of the note, by their statements."""
        note = await self.note()
        fields = (
            *(note.why_they_bought, note.what_was_promised),
            *(note.success_in_their_words, note.customer_commitments),
        )
        return {claim.statement: claim for field in fields for claim in field}

    async def states(self) -> dict[str, str]:
        return {statement: claim.state for statement, claim in (await self.claims()).items()}


async def read_talk(
    doors: Doors, database: Database, text: str = TALK, *, here: UUID | None = None, **about: Any
) -> Source:
    """Uploaded and read by the rules; without a workspace in one of its own."""
    here = here or uuid4()
    source_id = (await send(doors, here, text, **({"participants": SIDES} | about))).source_id
    source = Source(doors, database, here, source_id)
    await read_again(source)
    return source


async def read_again(source: Source) -> None:
    """As the worker does after an upload or a further message."""
    ids = {"workspace_id": source.workspace_id, "source_id": source.id, "attempt": uuid4()}
    await read_source(source.doors, Tools(LocalExtractor(), Flat()), **ids)


def statements(claims: Sequence[Claim]) -> list[str]:
    return [claim.statement for claim in claims]
