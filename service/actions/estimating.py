"""What reading something with a model costs at most: counted as it is asked, sending nothing."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from prompts.render import Prompt, load_prompt
from prompts.tokens import estimate
from schemas.reply import Reply
from schemas.source import Turn
from service.actions.model_extraction import Terms
from service.extract.plan import most_reply, plan, window_budget
from service.extract.redact import redact
from service.extract.windows import Window
from service.llm.fault import Usage
from service.llm.question import Question

_TAG_DIGITS: Final = 16


@dataclass(frozen=True)
class Estimated:
    """One request for each window; one more comes on top where a reply cannot be read."""

    calls: int
    usage: Usage
    """The prompts, guessed high, and the whole caps of the replies."""


def estimate_reading(
    turns: Sequence[Turn], terms: Terms, *, names: Collection[str] = ()
) -> Estimated:
    """What the questions of a reading cost together."""
    asked = questions(turns, terms, names=names)
    tokens_in = sum(one.tokens_in for one in asked)
    return Estimated(len(asked), Usage(tokens_in, sum(one.max_output_tokens for one in asked)))


def questions(
    turns: Sequence[Turn], terms: Terms, *, names: Collection[str] = ()
) -> list[Question[Reply]]:
    """Redacted, cut and put into the prompt as the extractor does it; `names`: of everybody."""
    prompt = load_prompt()
    shown: Sequence[Turn] = turns
    if terms.redacts:
        shown = redact(turns, names=names if terms.redacts_names else ()).turns
    budget = window_budget(prompt, context_tokens=terms.context_tokens)
    windows = plan(shown, {turn.turn for turn in shown}, budget_tokens=budget)
    return [_question(prompt, window) for window in windows]


def _question(prompt: Prompt, window: Window) -> Question[Reply]:
    user = prompt.user(window.turns, _tag(window))
    cap = most_reply(estimate(prompt.system) + estimate(user))
    return Question(prompt.system, user, Reply, cap)


def _tag(window: Window) -> str:
    """As long as a drawn one and never shorter in tokens; the same for the same turns."""
    said = "\0".join(turn.text for turn in window.turns)
    digest = hashlib.sha256(said.encode("utf-8", "replace")).digest()
    return str(int.from_bytes(digest) % 10**_TAG_DIGITS).zfill(_TAG_DIGITS)
