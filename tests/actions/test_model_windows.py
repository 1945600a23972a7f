"""A source in several windows: what was answered is kept, and only the rest is asked again."""

from datetime import UTC, datetime, timedelta

import pytest
from live import Database
from read_by_model import ONE_TURN, context_for, desk, honest, parts, shown
from scripted_model import scripted
from sending import TALK

from service.actions.model_ends import LONGEST_WAITED_S, MOST_WAITS, may_wait
from service.actions.showing import Reader, show_source
from service.actions.spending import Purse
from service.db.doors import Doors
from service.db.job_health import Ended
from service.llm.breaker import MOST_FAILURES
from service.llm.fault import Kind
from service.llm.prices import Price

WAITS = [
    (Kind.SERVER, 0, 0, True),
    (Kind.SERVER, MOST_WAITS - 1, 0, True),
    (Kind.TIMEOUT, MOST_WAITS, 0, False),
    (Kind.NETWORK, MOST_WAITS, 0, False),
    (Kind.RATE_LIMITED, 100, LONGEST_WAITED_S - 1, True),
    (Kind.RATE_LIMITED, 1, LONGEST_WAITED_S, False),
]
QUEUED = "SELECT array_agg(id) FROM app.source WHERE workspace_id = %s AND status = 'queued'"
READ_AND_WHY = """
    SELECT count(*), array_agg(DISTINCT r.extractor), array_agg(DISTINCT one ->> 'code')
    FROM app.note n JOIN app.run r ON r.id = n.run_id, jsonb_array_elements(n.notices) one
    WHERE n.workspace_id = %s
"""
SMALL = context_for(ONE_TURN)


async def test_each_window_is_asked_once(doors: Doors, database: Database) -> None:
    with scripted(honest) as provider:
        async with desk(doors, database, provider, context_tokens=SMALL) as at:
            source_id = await at.send(parts("", "", ""))
            assert await at.read(source_id) is Ended.DONE
    assert shown(provider) == ["0", "1", "2"]
    assert at.run(source_id)["calls"] == 3
    assert (at.count("claim"), at.count("window_reply")) == (3, 0)


async def test_one_refused_window_leaves_a_partial_run(doors: Doors, database: Database) -> None:
    with scripted(honest) as provider:
        async with desk(doors, database, provider, "told", context_tokens=SMALL) as at:
            source_id = await at.send(parts("", "refuse", ""))
            assert await at.read(source_id) is Ended.DONE
    run = at.run(source_id)
    assert (run["outcome"], run["uncovered_turns"], run["calls"]) == ("partial", [1], 3)
    assert at.notices(source_id) == ["partly-read"]
    assert (at.source(source_id)["status"], at.count("window_reply")) == ("ready", 2)
    absent = at.row("SELECT absent FROM app.note WHERE source_id = %s", source_id)[0]
    assert set(absent.values()) == {"not_read"}
    view = await show_source(doors, Reader(at.here), str(source_id))
    assert [one.code for one in view.notices] == ["partly-read"]


async def test_an_attempt_asks_only_what_the_one_before_has_not(
    doors: Doors, database: Database
) -> None:
    with scripted(honest) as provider:
        async with desk(doors, database, provider, "second_500", context_tokens=SMALL) as at:
            source_id = await at.send(parts("", "", ""))
            assert await at.read(source_id) is Ended.AGAIN
            assert (at.count("window_reply"), at.count("claim")) == (1, 0)
            assert await at.read(source_id) is Ended.DONE
    assert shown(provider) == ["0", "1", "1", "2"]
    assert (at.run(source_id)["calls"], at.count("claim"), at.count("window_reply")) == (4, 3, 0)


async def test_what_a_run_left_is_read_with_the_next(doors: Doors, database: Database) -> None:
    with scripted(honest) as provider:
        async with desk(doors, database, provider, "second_refuse", context_tokens=SMALL) as at:
            source_id = await at.send(parts("", "", ""))
            await at.read(source_id)
            assert at.run(source_id)["uncovered_turns"] == [1]
            await at.queue(source_id)
            assert await at.read(source_id) is Ended.DONE
    assert shown(provider)[3:] == ["1"]
    assert at.run(source_id)["uncovered_turns"] == []
    assert (at.count("claim"), at.count("window_reply")) == (3, 0)


async def test_a_reply_that_is_cut_off_splits_its_window(doors: Doors, database: Database) -> None:
    with scripted(honest) as provider:
        async with desk(doors, database, provider, "told") as at:
            source_id = await at.send(parts("", "", "length"))
            assert await at.read(source_id) is Ended.DONE
            await at.queue(source_id)
            await at.read(source_id)
    assert shown(provider) == ["0,1,2", "0", "1,2", "1", "2", "2"]
    assert at.run(source_id)["uncovered_turns"] == [2]


async def test_a_model_that_stays_away_is_stood_in_for(doors: Doors, database: Database) -> None:
    """After five failures nobody asks it any more; what it has answered stays."""
    with scripted(honest) as provider:
        async with desk(doors, database, provider, "told", context_tokens=SMALL) as at:
            source_id = await at.send(parts("", "500", ""))
            ends = [await at.read(source_id) for _ in range(6)]
    assert ends == [Ended.AGAIN] * 5 + [Ended.DONE]
    run = at.run(source_id)
    assert (run["extractor"], run["model"], run["outcome"]) == ("openai+local", "told", "complete")
    assert (at.notices(source_id), at.count("window_reply")) == (["model-unavailable"], 1)
    assert (at.count("claim"), at.source(source_id)["waits"]) == (3, 0)


@pytest.mark.parametrize(("kind", "waits", "since_s", "expected"), WAITS)
def test_a_source_waits_for_so_long(
    kind: Kind, waits: int, since_s: int, *, expected: bool
) -> None:
    now = datetime(2026, 5, 4, tzinfo=UTC)
    since = now - timedelta(seconds=since_s)
    assert may_wait(kind, waits=waits, since=since, now=now) is expected


async def test_after_the_last_wait_rules_read_it(doors: Doors, database: Database) -> None:
    with scripted(honest) as provider:
        async with desk(doors, database, provider, "504") as at:
            source_id = await at.send()
            with database.connect() as connection:
                query = "UPDATE app.source SET waits = %s WHERE id = %s"
                connection.execute(query, [MOST_WAITS, source_id])
            assert await at.read(source_id) is Ended.DONE
    run = at.run(source_id)
    assert (run["extractor"], run["model"], run["calls"]) == ("local", None, 1)
    assert at.notices(source_id) == ["model-unavailable"]


async def test_thirty_sources_of_a_dead_provider(doors: Doors, database: Database) -> None:
    with scripted(honest) as provider:
        async with desk(doors, database, provider, "500") as at:
            for n in range(30):
                await at.send(f"{TALK}Kim: Part {n}.")
            while waiting := at.row(QUEUED, at.here)[0]:
                for source_id in waiting:
                    await at.read(source_id)
    assert at.row(READ_AND_WHY, at.here) == (30, ["local"], ["model-unavailable"])
    assert len(provider.asked) == MOST_FAILURES


async def test_money_that_ends_midway_keeps_what_it_paid_for(
    doors: Doors, database: Database
) -> None:
    purse = Purse(Price(usd_in=0, usd_out=1_000, usd_cached=0), run_usd=1.01)
    with scripted(honest) as provider:
        async with desk(doors, database, provider, purse=purse, context_tokens=SMALL) as at:
            source_id = await at.send(parts("", "", ""))
            assert await at.read(source_id) is Ended.DONE
    run = at.run(source_id)
    assert (run["outcome"], run["uncovered_turns"], run["calls"]) == ("partial", [2], 2)
    assert at.notices(source_id) == ["budget-exhausted"]
    assert (len(provider.asked), at.count("claim")) == (2, 2)


async def test_without_any_money_rules_read_it(doors: Doors, database: Database) -> None:
    purse = Purse(Price(usd_in=1, usd_out=1, usd_cached=1), day_usd=0.0)
    with scripted(honest) as provider:
        async with desk(doors, database, provider, purse=purse) as at:
            source_id = await at.send()
            assert await at.read(source_id) is Ended.DONE
    assert (at.run(source_id)["extractor"], provider.asked) == ("local", [])
    assert at.notices(source_id) == ["budget-exhausted"]


def mail(number: int, sender: str, text: str) -> str:
    references = "".join(f" <m{at}@mail.example>" for at in range(number))
    who = f"From: {sender} <{sender}@wayfold.example>\r\nTo: Kim <kim@kim.example>\r\n"
    named = f"Message-ID: <m{number}@mail.example>\r\nReferences:{references}\r\n"
    return f"{who}Subject: Pilot\r\n{named}\r\n{text}\r\n"


async def test_of_a_thread_only_new_turns_are_read(doors: Doors, database: Database) -> None:
    """What came right before is shown again, and what the model says of it is left out."""
    with scripted(honest) as provider:
        async with desk(doors, database, provider) as at:
            sent = [await at.send(mail(n, "Dana", f"We will send part {n} of it.")) for n in (0, 1)]
            await at.read(sent[0])
            before = at.row("SELECT id FROM app.claim WHERE source_id = %s", sent[0])
            await at.send(mail(2, "Dana", "And we will send part 2 of it."))
            assert await at.read(sent[0]) is Ended.DONE
    assert (sent[0] == sent[1], shown(provider)) == (True, ["0,1", "0,1,2"])
    query = "SELECT count(*), count(*) FILTER (WHERE id = %s) FROM app.claim WHERE source_id = %s"
    assert at.row(query, before[0], sent[0]) == (3, 1)
    assert at.run(sent[0])["rejected"] == []


async def test_a_thread_keeps_its_note_when_a_message_cannot_be_read(
    doors: Doors, database: Database
) -> None:
    with scripted(honest) as provider:
        async with desk(doors, database, provider, "second_refuse") as at:
            source_id = await at.send(mail(0, "Dana", "We will send part 0 of it."))
            await at.read(source_id)
            await at.send(mail(1, "Dana", "And we will send part 1 of it."))
            assert await at.read(source_id) is Ended.DONE
    assert (at.source(source_id)["status"], at.count("claim")) == ("ready", 1)
    assert (at.run(source_id)["outcome"], at.run(source_id)["uncovered_turns"]) == ("partial", [1])
    assert at.notices(source_id) == ["partly-read"]
