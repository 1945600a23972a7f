"""Sources that are read by a scripted model, in process: a real database, real HTTP on loopback."""

import math
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

import numpy as np
from live import Database
from pydantic import SecretStr
from scripted_talk import Asked, Scripted
from sending import TALK, send

from prompts.render import load_prompt
from schemas.claim import FIELDS
from schemas.source import Side, StatedParticipant, Status
from service.actions.extraction import Tools
from service.actions.model_extraction import ModelExtractor, Terms
from service.actions.reading import end_badly, read_source
from service.actions.spending import Ledger, Purse
from service.db import attempts
from service.db.doors import Doors
from service.db.job_health import Ended
from service.embed.embedder import Vectors
from service.errors import ModelAway
from service.extract.plan import LEAST_REPLY, SURE, window_budget
from service.llm.opening import Opening
from service.llm.prices import Price
from service.llm.provider import Mode, Provider

LINE = re.compile(r"^([0-9]{1,6}) ([CVU])[0-9]{1,3}: (.{1,2000})$", re.MULTILINE)
SIDE_FIELD = {"V": "what_was_promised", "C": "why_they_bought"}
SIDES = (
    StatedParticipant(name="Dana", side=Side.VENDOR),
    StatedParticipant(name="Kim", side=Side.CUSTOMER),
)
PRICE = Price(usd_in=1.0, usd_out=4.0, usd_cached=1.0)


def honest(asked: Asked) -> dict[str, Any]:
    """Quotes each turn that it is shown whose words are a promise or a reason."""
    found: dict[str, list[Any]] = {field: [] for field in FIELDS}
    for number, letter, text in LINE.findall(asked.user):
        if letter in SIDE_FIELD and ("will" in text or "because" in text):
            item = {"turn": int(number), "quote": text, "statement": text}
            found[SIDE_FIELD[letter]].append(item | {"promised_to": None, "due_text": None})
    return found


def parts(*behaviours: str, times: int = 5) -> str:
    """A call of one long promise a turn; a turn may say how the model shall behave."""
    said = f"of the plan because {PADDING * times}"
    return "\n".join(
        f"{('Dana', 'Kim')[at % 2]}: We will send part {at} {said}"
        + (f" behave({behaviour})" if behaviour else "")
        for at, behaviour in enumerate(behaviours)
    )


def shown(provider: Scripted) -> list[str]:
    """Which parts of the plan each request held."""
    return [
        ",".join(str(at) for at in range(9) if f"part {at} of" in asked.user)
        for asked in provider.asked
    ]


def context_for(turn_tokens: int) -> int:
    """The model's limit where windows have so many tokens of turns."""
    prompt = load_prompt()
    fixed = -window_budget(prompt, context_tokens=LEAST_REPLY)
    return LEAST_REPLY + math.ceil((fixed + turn_tokens) / SURE) + 1


ONE_TURN = 110
"""Tokens of a window that holds one turn of `parts`, and not two."""
PADDING = "every station needs a list of doors and sensors of its own "


class Flat:
    """Embeds everything alike."""

    name = "flat/1"
    width = 4

    def passages(self, texts: Any) -> Vectors:
        return np.full((len(texts), self.width), 0.5, dtype=np.float32)

    def query(self, text: str) -> Vectors:
        return np.asarray(self.passages([text])[0])


@dataclass(frozen=True)
class Desk:
    """A workspace whose sources a model reads."""

    doors: Doors
    database: Database
    extractor: ModelExtractor
    here: UUID

    async def send(self, text: str = TALK, **about: Any) -> UUID:
        said = {"participants": SIDES} | about
        return (await send(self.doors, self.here, text, **said)).source_id

    async def read(self, source_id: UUID) -> Ended | None:
        """One attempt, ended as the worker ends it; waits are not waited for."""
        ids = {"workspace_id": self.here, "source_id": source_id, "attempt": uuid4()}
        try:
            return await read_source(self.doors, Tools(self.extractor, Flat()), **ids)
        except ModelAway as error:
            return await end_badly(self.doors, error, **ids)

    async def queue(self, source_id: UUID) -> None:
        """To be read again, as a further message of a thread has it."""
        async with self.doors.workspace_transaction(self.here) as tx:
            await attempts.set_status(tx, self.here, source_id, status=Status.QUEUED)

    def row(self, query: str, *values: object) -> tuple[Any, ...]:
        """One row, as nobody's policy shows it."""
        with self.database.connect() as connection:
            found = connection.execute(query.encode(), values).fetchone()
        assert found is not None
        return found

    def source(self, source_id: UUID) -> dict[str, Any]:
        return dict(self.row("SELECT to_jsonb(s) FROM app.source s WHERE id = %s", source_id)[0])

    def run(self, source_id: UUID) -> dict[str, Any]:
        """The newest run."""
        query = """SELECT to_jsonb(r) FROM app.run r WHERE source_id = %s
            ORDER BY created_at DESC LIMIT 1"""
        return dict(self.row(query, source_id)[0])

    def notices(self, source_id: UUID) -> list[str]:
        """Codes of the notices of the newest note."""
        query = """SELECT notices FROM app.note WHERE source_id = %s
            ORDER BY version DESC LIMIT 1"""
        return [one["code"] for one in self.row(query, source_id)[0]]

    def count(self, table: str) -> int:
        query = f"SELECT count(*) FROM app.{table} WHERE workspace_id = %s"  # noqa: S608 - our tables
        return int(self.row(query, self.here)[0])


@asynccontextmanager
async def desk(
    doors: Doors,
    database: Database,
    provider: Scripted,
    behaviour: str = "good",
    *,
    mode: Mode = "json_schema",
    purse: Purse | None = None,
    **terms: Any,
) -> AsyncIterator[Desk]:
    """A model of the scripted provider, in a fresh workspace."""
    opening = Opening(Provider(provider.url, behaviour, SecretStr("key-of-the-test"), mode))
    paid = purse or Purse(PRICE)
    extractor = ModelExtractor(
        doors,
        opening,
        lambda here, source: Ledger(doors, paid, workspace_id=here, source_id=source),
        replace(Terms(timeout_s=5.0), **terms),
    )
    try:
        yield Desk(doors, database, extractor, uuid4())
    finally:
        await opening.close()
