"""What the recordings show, as a table."""

import json
from collections.abc import Sequence
from typing import Any

from evals.recordings.deck import About
from evals.recordings.reading import Outcome


def as_json(about: About, outcomes: Sequence[Outcome]) -> str:
    """For a machine."""
    shown = {"model": about.model, "mode": about.mode, "prompt_version": about.prompt_version}
    return json.dumps(shown | {"talks": [_fields(one) for one in outcomes]}, indent=4)


def as_markdown(about: About, outcomes: Sequence[Outcome]) -> str:
    """For a document."""
    rows = [_fields(one) for one in outcomes]
    titles = "talk | windows | requests | tokens in, out | drafts | accepted | rejected | faults"
    lines = [
        f"{about.model}, mode {about.mode}, prompt {about.prompt_version}",
        "",
        f"| {titles} |",
        "|---|---|---|---|---|---|---|---|",
        *(_row(row) for row in rows),
        "",
        *(f"- {row['talk']}: {claim}" for row in rows for claim in row["accepted"]),
    ]
    return "\n".join(lines)


def summary(about: About, outcomes: Sequence[Outcome]) -> str:
    """All talks in one line, as it stands in the front matter of a prompt."""
    drafts = sum(one.drafts for one in outcomes)
    accepted = sum(len(one.admission.claims) for one in outcomes)
    unread = sum(len(one.faults) for one in outcomes)
    tokens_in = sum(one.tokens.usage.tokens_in for one in outcomes)
    tokens_out = sum(one.tokens.usage.tokens_out for one in outcomes)
    return (
        f"{about.model}, {len(outcomes)} talks: {accepted} of {drafts} drafts accepted, "
        f"windows without a reply: {unread}, tokens: {tokens_in} in, {tokens_out} out"
    )


def _fields(outcome: Outcome) -> dict[str, Any]:
    return {
        "talk": outcome.talk.name,
        "windows": outcome.windows,
        "requests": outcome.tokens.asked,
        "tokens_in": outcome.tokens.usage.tokens_in,
        "tokens_out": outcome.tokens.usage.tokens_out,
        "drafts": outcome.drafts,
        "accepted": [
            f"{claim.field}, “{' '.join(quote.split())}”" for claim, quote in outcome.quotes()
        ],
        "rejected": dict(sorted(outcome.reasons.items())),
        "faults": [fault.value for fault in outcome.faults],
    }


def _row(row: dict[str, Any]) -> str:
    reasons = ", ".join(f"{count} {reason}" for reason, count in row["rejected"].items())
    cells = (
        *(row["talk"], row["windows"], row["requests"], f"{row['tokens_in']}, {row['tokens_out']}"),
        *(row["drafts"], len(row["accepted"]), reasons or "0", ", ".join(row["faults"]) or "none"),
    )
    return f"| {' | '.join(map(str, cells))} |"
