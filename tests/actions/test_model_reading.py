"""A source that a model reads: through the same gate, into the same note."""

import asyncio
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from live import Database
from read_by_model import ONE_TURN, context_for, desk, honest, parts
from scripted_model import scripted
from scripted_talk import Asked
from sending import erase

from service.actions.subjects import load_subject
from service.db.doors import Doors
from service.db.job_health import Ended
from service.llm.opening import Opening
from service.llm.provider import Provider


async def test_what_it_quotes_becomes_claims(doors: Doors, database: Database) -> None:
    with scripted(honest) as provider:
        async with desk(doors, database, provider) as at:
            source_id = await at.send()
            assert await at.read(source_id) is Ended.DONE
    run = at.run(source_id)
    assert (run["extractor"], run["model"], run["outcome"]) == ("openai", "good", "complete")
    assert run["prompt_version"]
    assert (run["calls"], run["tokens_out"]) == (1, 7)
    assert at.count("claim") == 2
    assert at.count("window_reply") == 0


def resolving(asked: Asked) -> dict[str, Any]:
    """Writes the date that the words of the quote mean, and one that they do not."""
    found = honest(asked)
    for item, day in zip(found["what_was_promised"], ("8 May 2026", "9 May 2026"), strict=True):
        item |= {"due_text": "by Friday", "statement": f"The vendor will send it by {day}."}
    return found


async def test_a_date_that_a_rule_resolved_may_stand_in_a_statement(
    doors: Doors, database: Database
) -> None:
    said = "Dana: We will send it by Friday.\nKim: Fine.\nDana: And we will send that by Friday.\n"
    with scripted(resolving) as provider:
        async with desk(doors, database, provider) as at:
            source_id = await at.send(said, occurred_at=datetime(2026, 5, 4, 9, tzinfo=UTC))
            await at.read(source_id)
    query = (
        "SELECT array_agg(statement ORDER BY number), min(due_date), max(due_date) FROM app.claim"
    )
    statements, first, last = at.row(f"{query} WHERE source_id = %s", source_id)
    assert (first, last) == (date(2026, 5, 8), date(2026, 5, 8))
    assert statements == [
        "The vendor will send it by 8 May 2026.",
        "And we will send that by Friday",
    ]


async def test_windows_are_told_as_they_are_read(doors: Doors, database: Database) -> None:
    told: list[tuple[int, int]] = []

    async def tell(done: int, total: int) -> None:
        told.append((done, total))

    with scripted(honest) as provider:
        async with desk(doors, database, provider, context_tokens=context_for(ONE_TURN)) as at:
            source_id = await at.send(parts("", "", ""))
            async with doors.workspace_transaction(at.here) as tx:
                subject = await load_subject(tx, at.here, source_id)
            assert subject is not None
            await at.extractor.extract(subject, attempt=uuid4(), tell=tell)
    assert told == [(1, 3), (2, 3), (3, 3)]


async def test_the_model_is_opened_once() -> None:
    opening = Opening(Provider("http://127.0.0.1:9/v1", "m"))
    first, second = await asyncio.gather(opening.model(), opening.model())
    await opening.close()
    assert first is second


async def test_an_erased_source_takes_its_kept_answers_along(
    doors: Doors, database: Database
) -> None:
    with scripted(honest) as provider:
        async with desk(
            doors, database, provider, "second_refuse", context_tokens=context_for(ONE_TURN)
        ) as at:
            source_id = await at.send(parts("", "", ""))
            await at.read(source_id)
            assert at.count("window_reply") == 2
            removed = await erase(doors, at.here, source_id)
    assert (removed.removed["window_reply"], removed.residue) == (2, 0)
    assert at.count("window_reply") == 0
