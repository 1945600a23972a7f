import tomllib
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from evals.retrieval.meetings import Meeting, Question

CALLS = Path(__file__).with_name("paraphrased.toml")


class Call(BaseModel):
    """One invented call; a letter in brackets marks the turn that answers a question."""

    customer: str
    title: str
    talk: str
    asked: dict[str, str]


def paraphrased() -> tuple[list[Meeting], list[Question]]:
    """Read the invented calls, and the questions in other words than the calls'."""
    raw = tomllib.loads(CALLS.read_text(encoding="utf-8"))["call"]
    calls = [Call.model_validate(call) for call in raw]
    return [_meeting(call) for call in calls], [q for call in calls for q in _questions(call)]


def _meeting(call: Call) -> Meeting:
    utterances = [(speaker, text) for _, speaker, text in _turns(call)]
    return Meeting(
        doc_id=call.customer, utterances=utterances, customer=call.customer, title=call.title
    )


def _questions(call: Call) -> Iterator[Question]:
    for turn, (letter, _, _) in enumerate(_turns(call)):
        if letter:
            yield Question(
                text=call.asked[letter],
                doc_id=call.customer,
                spans=[(turn, turn)],
                utterances=frozenset((turn,)),
            )


def _turns(call: Call) -> Iterator[tuple[str, str, str]]:
    for line in call.talk.strip().splitlines():
        who, _, text = line.partition(": ")
        letter, _, speaker = who.rpartition("] ")
        yield letter.removeprefix("["), speaker, text
