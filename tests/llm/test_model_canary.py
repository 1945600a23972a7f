"""No word of a prompt, a reply or a key is logged, whatever goes wrong."""

import logging
import traceback

import pytest
from asked_model import Rows, Said, opened
from scripted_talk import Scripted

from service.llm.fault import ModelFault

CANARY = "quetzalcanary"
BEHAVIOURS = ("good", "prose", "refuse", "length", "filter_whole", "garbage200", "400", "slow")


@pytest.mark.parametrize("behaviour", ["obey", "verbatim", *BEHAVIOURS])
@pytest.mark.parametrize("mode", ["json_schema", "tools"])
async def test_nothing_of_it_is_logged(
    provider: Scripted, rows: Rows, caplog: pytest.LogCaptureFixture, behaviour: str, mode: str
) -> None:
    provider.reply = lambda _: {CANARY: CANARY}
    fault = None
    async with opened(provider, behaviour, mode) as model:
        caplog.set_level(logging.DEBUG)
        try:
            await model.ask(
                CANARY,
                f"REPLY WITH: {CANARY}",
                reply=Said,
                max_output_tokens=50,
                deadline_s=0.5,
                spend=rows,
            )
        except ModelFault as caught:
            fault = caught
    assert fault is not None
    logged = caplog.text + "".join(str(vars(record)) for record in caplog.records)
    shown = "".join(traceback.format_exception(fault)) + repr(fault) + repr(fault.ending)
    assert "the model did not answer" in logged
    for word in (CANARY, "key-of-the-test"):
        assert word not in logged.lower()
        assert word not in shown.lower()


async def test_the_fault_holds_no_library_error_and_so_no_prompt(
    provider: Scripted, rows: Rows
) -> None:
    async with opened(provider, "500") as model:
        with pytest.raises(ModelFault) as caught:
            await model.ask(CANARY, "u", reply=Said, max_output_tokens=9, deadline_s=5, spend=rows)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
