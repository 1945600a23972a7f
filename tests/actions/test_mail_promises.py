"""A promise is counted once, however often replies repeat it, and is its author's own."""

import tomllib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest
from live import Database

from service.actions.extraction import LocalExtractor, Tools
from service.actions.files import File, Upload, VendorNames
from service.actions.reading import read_source
from service.actions.upload import Sender, store
from service.db.doors import Doors, open_doors
from service.embed.embedder import Vectors

THREADS = tomllib.loads((Path(__file__).parent / "mail_threads.toml").read_text())["thread"]
VENDOR = VendorNames(domains=("wayfold.example",), names=())
PEOPLE = {
    "dana": "Dana Okafor <dana@wayfold.example>",
    "wei": "Wei Chen <wei@wayfold.example>",
    "kim": "Kim Berg <kim@kim.example>",
    "lee": "Lee Park <lee@kim.example>",
}
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def database(make_database: Callable[[], Database]) -> Database:
    """Of its own: no worker reads along."""
    return make_database()


@pytest.fixture
async def doors(database: Database) -> AsyncIterator[Doors]:
    opened = open_doors(database.url("baton_app"), database.url("baton_system"))
    yield opened
    await opened.close()


class Flat:
    """Embeds everything alike."""

    name = "flat/1"
    width = 4

    def passages(self, texts: list[str]) -> Vectors:
        return np.full((len(texts), self.width), 0.5, dtype=np.float32)

    def query(self, text: str) -> Vectors:
        return np.asarray(self.passages([text])[0])


def mails_of(thread: dict[str, Any]) -> list[bytes]:
    """The mails of a thread, each with what it quotes."""
    bodies = list[str]()
    for _, text in thread["mails"]:
        for number, body in enumerate(bodies):
            quoted = "\n".join(f"> {line}".rstrip() for line in body.split("\n"))
            text = text.replace(f"{{quote:{number}}}", quoted).replace(f"{{plain:{number}}}", body)  # noqa: PLW2901 - filled in place by place
        bodies.append(text)
    return [
        message(number, who, body)
        for number, ((who, _), body) in enumerate(zip(thread["mails"], bodies, strict=True))
    ]


def message(number: int, who: str, body: str) -> bytes:
    sender, _, only = who.partition(">")
    others = [only] if only else [name for name in PEOPLE if name != sender]
    head = [
        f"From: {PEOPLE[sender]}",
        f"To: {', '.join(PEOPLE[name] for name in others)}",
        f"Subject: {'Re: ' if number else ''}Pilot",
        f"Date: {(START + timedelta(days=number)).strftime('%a, %d %b %Y %H:%M:%S +0000')}",
        f"Message-ID: <m{number}@mail.example>",
        *([f"References: <m{number - 1}@mail.example>"] if number else []),
        "Content-Type: text/plain; charset=utf-8",
    ]
    return "\r\n".join([*head, "", *body.split("\n"), ""]).encode()


async def take(doors: Doors, here: UUID, mails: list[bytes]) -> UUID:
    """One mail after the other, each read before the next one comes."""
    sources = {await take_together(doors, here, [mail]) for mail in mails}
    assert len(sources) == 1
    return sources.pop()


async def take_together(doors: Doors, here: UUID, mails: list[bytes]) -> UUID:
    """All mails in one upload, then read."""
    upload = Upload(content=mails[0], rest=tuple(File(mail) for mail in mails[1:]))
    stored = await store(doors, Sender(here, "test"), upload, vendor=VENDOR, purse=None)
    ids = {"workspace_id": here, "source_id": stored.source_id, "attempt": uuid4()}
    await read_source(doors, Tools(LocalExtractor(), Flat()), **ids)
    return stored.source_id


def promises_of(database: Database, source_id: UUID) -> list[tuple[str, str]]:
    """Who promised what, as it is counted: all that is not retracted."""
    query = """
        SELECT t.speaker, substr(t.text, e.start_cp + 1, e.end_cp - e.start_cp)
        FROM app.claim c
        JOIN app.evidence e ON e.claim_id = c.id AND e.workspace_id = c.workspace_id
        JOIN app.turn t ON t.source_id = e.source_id AND t.turn = e.turn
        WHERE c.source_id = %s AND c.field = 'what_was_promised' AND c.state <> 'retracted'
        """
    with database.connect() as connection:
        rows = connection.execute(query, [source_id]).fetchall()
    return sorted((str(row[0]), " ".join(str(row[1]).split())) for row in rows)


@pytest.mark.parametrize("thread", THREADS, ids=[one["name"] for one in THREADS])
async def test_each_promise_counts_once_and_is_its_authors(
    doors: Doors, database: Database, thread: dict[str, Any]
) -> None:
    mails = mails_of(thread)
    came = [mail for at, mail in enumerate(mails) if at not in thread.get("missing", [])]
    expected = sorted((who, said.rstrip(".")) for who, said in thread["promises"])
    together = await take_together(doors, uuid4(), came)
    assert promises_of(database, together) == expected
    one_by_one = await take(doors, uuid4(), mails[::-1])
    assert promises_of(database, one_by_one) == expected


async def test_mail_within_the_vendor_promises_nothing_until_a_side_is_corrected(
    doors: Doors, database: Database
) -> None:
    here, mail = uuid4(), message(0, "dana>wei", "We will give them a discount of ten percent.")
    source_id = await take_together(doors, here, [mail])
    assert promises_of(database, source_id) == []
    with database.connect() as connection:
        query = "SELECT is_internal, rejected FROM app.turn t JOIN app.run r USING (source_id)"
        row = connection.execute(f"{query} WHERE source_id = %s".encode(), [source_id]).fetchone()
    assert row is not None
    assert row[0] is True
    assert [one["reason"] for one in row[1]] == ["internal"]  # type: ignore[attr-defined] # JSON


def test_there_are_threads_enough() -> None:
    assert len(THREADS) >= 20
