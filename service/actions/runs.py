"""A run as it is stored: what read the source, how far, and what that cost."""

from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from typing import Any
from uuid import UUID, uuid4

from schemas.claim import Rejection
from service.actions.extraction import RunFacts
from service.actions.rows import Subject
from service.actions.spending import assign_run, spent
from service.db import notes, window_replies
from service.db.tables import Transaction


async def store_run(
    tx: Transaction,
    subject: Subject,
    facts: RunFacts,
    *,
    rejected: Sequence[Rejection],
    seconds: float,
) -> UUID:
    """Write the run, which takes over what was spent on this source since the one before it."""
    here, run_id = subject.workspace_id, uuid4()
    row: dict[str, Any] = {
        "workspace_id": here,
        "id": run_id,
        "source_id": subject.source_id,
        "extractor": facts.extractor,
        "model": facts.model,
        "prompt_version": facts.prompt_version,
        "code_version": version("baton"),
        "outcome": facts.outcome,
        "uncovered_turns": list(facts.uncovered_turns),
        "rejected": [one.model_dump(mode="json") for one in rejected],
        **asdict(await spent(tx, here, subject.source_id)),
        "seconds": seconds,
    }
    await notes.insert_run(tx, row)
    await assign_run(tx, here, subject.source_id, run_id=run_id)
    if facts.outcome == "complete" and not facts.stood_in_turns:
        await window_replies.delete_replies(tx, here, subject.source_id)
    return run_id
