"""A re-run of what a model has read in part asks for the rest alone."""

from uuid import uuid4

import pytest
from live import Database
from read_by_model import ONE_TURN, Flat, context_for, desk, honest, parts, shown
from scripted_model import scripted

from service.actions.extraction import Tools
from service.actions.rerun_requests import request_rerun
from service.actions.rerunning import rerun_source
from service.actions.showing import Reader
from service.db.doors import Doors
from service.db.job_health import Ended

SMALL = context_for(ONE_TURN)


@pytest.mark.parametrize("behaviour", ["second_refuse", "good"])
async def test_a_rerun_asks_for_what_has_no_answer(
    doors: Doors, database: Database, behaviour: str
) -> None:
    """A whole run keeps no answers: there everything is asked anew."""
    with scripted(honest) as provider:
        async with desk(doors, database, provider, behaviour, context_tokens=SMALL) as at:
            source_id = await at.send(parts("", "", ""))
            await at.read(source_id)
            reader, tools = Reader(at.here), Tools(at.extractor, Flat())
            await request_rerun(doors, reader, str(source_id), key_id="tests", purse=None)
            ids = {"workspace_id": at.here, "source_id": source_id, "attempt": uuid4()}
            assert await rerun_source(doors, tools, **ids) is Ended.DONE
    rest = ["1"] if behaviour == "second_refuse" else ["0", "1", "2"]
    assert shown(provider)[3:] == rest
    assert (at.run(source_id)["outcome"], at.run(source_id)["calls"]) == ("complete", len(rest))
    assert at.count("window_reply") == 0
