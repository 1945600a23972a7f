import json
from pathlib import Path
from typing import Any

import pytest

from schemas.claim import Draft
from schemas.source import Side, Turn
from service.extract.gate import admit

LISTS = ("why_bought", "promises", "success", "traps")


def text_of(folder: Path, gold: dict[str, Any]) -> str:
    encoding = "latin-1" if gold["file"].endswith(".eml") else "utf-8"
    text: str = (folder / gold["file"]).read_bytes().decode(encoding)
    if gold["text_field"]:
        text = str(json.loads(text)[gold["text_field"]])
    return text.replace("\r\n", "\n")


@pytest.fixture
def golds(shared: Path) -> list[tuple[str, dict[str, Any]]]:
    folder = shared / "evaldata" / "calls"
    found = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("gold/*.json"))]
    return [(text_of(folder, gold), item) for gold in found for key in LISTS for item in gold[key]]


def test_every_quote_that_a_reader_chose_is_found_in_its_place(
    golds: list[tuple[str, dict[str, Any]]],
) -> None:
    assert golds
    for text, item in golds:
        turn = Turn(turn=0, speaker=None, side=Side.UNKNOWN, side_rule="none", text=text)
        quote = item.get("quote_clean", item["quote"])
        draft = Draft(field="any", turn=0, quote=quote, statement="")
        (claim,) = admit([draft], [turn], fields=["any"]).claims
        assert item["start"] <= claim.spans[0].start < claim.spans[-1].end <= item["end"]
