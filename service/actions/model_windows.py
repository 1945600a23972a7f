"""The windows of one source while a model reads it: what is asked, answered, and left. Pure."""

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from schemas.claim import Admission, Draft, Rejection
from schemas.model import Model
from schemas.reply import Reply
from schemas.source import Notice
from service.actions import model_ends as ends
from service.actions.extraction import LOCAL, Extraction, ReadingFailed, RunFacts, local_drafts
from service.actions.grounding import ground
from service.actions.rows import Subject
from service.errors import BudgetExhausted
from service.extract.plan import plan
from service.extract.redact import Redacted, redact, restore_reply
from service.extract.replies import drafts_of
from service.extract.windows import Window, merge, split
from service.llm.fault import Kind

OPENAI: Final = "openai"
"""The extractor that asks a model, as a run names it."""


class Answered(Model):
    """What a model said of a window, with everything put back that was taken out."""

    drafts: tuple[Draft, ...]
    rejected: tuple[Rejection, ...]


@dataclass
class Windows:
    """Every window of a source ends as answered, as ended, or as left when it all stops."""

    subject: Subject
    redacted: Redacted
    waiting: deque[Window]
    answers: list[Answered] = field(default_factory=list)
    covered: set[int] = field(default_factory=set)
    ended: list[Kind] = field(default_factory=list)
    away: Kind | None = None
    """Why the model is not asked any more, where rules take its place."""
    unpaid: BudgetExhausted | None = None

    @property
    def uncovered(self) -> tuple[int, ...]:
        """Turns that should have been read and were not, in order."""
        return tuple(sorted(self.subject.unread - self.covered))

    @property
    def done(self) -> int:
        """Windows that have come to an end."""
        return len(self.answers) + len(self.ended)

    def read(self, reply: Reply) -> Answered:
        """The drafts of a reply, in the words of the source."""
        drafts, rejected = drafts_of(restore_reply(reply, self.redacted))
        return Answered(drafts=drafts, rejected=rejected)

    def take(self, window: Window, answered: Answered) -> None:
        """The window is read."""
        self.answers.append(answered)
        self.covered.update(window.numbers)

    def split(self, window: Window) -> None:
        """Both halves in its place, but for one with nothing new. Raises Indivisible."""
        unread = self.subject.unread
        halves = [half for half in split(window) if not unread.isdisjoint(half.numbers)]
        self.waiting.extendleft(reversed(halves))

    def end(self, kind: Kind) -> None:
        """The window stays unread; so do the others where they would end alike."""
        self.ended.append(kind)
        if kind in ends.HOPELESS:
            self.waiting.clear()

    def leave_to_rules(self, kind: Kind) -> None:
        """The model is away: rules read what it has not."""
        self.away = kind
        self.waiting.clear()

    def stop_paying(self, error: BudgetExhausted) -> None:
        """What is paid for is kept, the rest is left."""
        self.unpaid = error
        self.waiting.clear()


def prepare(subject: Subject, *, budget_tokens: int, redacts: bool, names: bool) -> Windows:
    """Take out what must not be sent, and cut the unread turns into windows."""
    turns = tuple(subject.turns)
    people = subject.names if names else ()
    redacted = redact(turns, names=people) if redacts else Redacted(turns, {})
    cut = plan(redacted.turns, subject.unread, budget_tokens=budget_tokens)
    return Windows(subject, redacted, deque(cut))


def conclude(windows: Windows, *, model: str, prompt_version: str) -> Extraction:
    """One note of all answers, with rules where the model was away. Raises ReadingFailed."""
    facts = _facts(windows, model=model, prompt_version=prompt_version)
    if facts.outcome == "failed":
        raise ReadingFailed(ends.problem_of(windows.ended[-1]), facts)
    admission = _admitted(windows, rules=facts.stood_in_turns)
    return Extraction(admission, facts, tuple(_notices(windows, facts)))


def _facts(windows: Windows, *, model: str, prompt_version: str) -> RunFacts:
    left, is_answered = windows.uncovered, bool(windows.answers)
    if windows.away or (windows.unpaid and not is_answered):
        who = f"{OPENAI}+{LOCAL}" if is_answered else LOCAL
        facts = RunFacts(who, "complete", stood_in_turns=left)
    elif left:
        # A thread whose new message cannot be read keeps its note: that one is not failed.
        has_note = is_answered or windows.subject.read_turns > 0
        facts = RunFacts(OPENAI, "partial" if has_note else "failed", uncovered_turns=left)
    else:
        facts = RunFacts(OPENAI, "complete")
    if facts.extractor == LOCAL:
        return facts
    return replace(facts, model=model, prompt_version=prompt_version)


def _admitted(windows: Windows, *, rules: Collection[int]) -> Admission:
    """Turns that were shown again for what came before them have their claims already."""
    subject = windows.subject
    read_before = {turn.turn for turn in subject.turns} - subject.unread
    found = merge(answer.drafts for answer in windows.answers)
    drafts = [draft for draft in found if draft.turn not in read_before]
    admission = ground([*drafts, *local_drafts(subject, rules)], subject)
    refused = [one for answer in windows.answers for one in answer.rejected]
    return admission.model_copy(update={"rejected": (*refused, *admission.rejected)})


def _notices(windows: Windows, facts: RunFacts) -> Iterator[Notice]:
    uncovered, rules = facts.uncovered_turns, facts.stood_in_turns
    if windows.away and rules:
        yield ends.stood_in(windows.away, turns=rules)
    if windows.unpaid:
        yield ends.out_of_budget(windows.unpaid, uncovered=uncovered, rules=rules)
    if windows.ended and uncovered:
        yield ends.partly_read(windows.ended, uncovered=uncovered)
