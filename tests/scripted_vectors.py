"""The `/embeddings` of a scripted provider."""

import json
from collections.abc import Callable
from typing import Any

from scripted_behaviours import BEHAVIOURS
from scripted_talk import Asked, Talker

Rows = list[dict[str, Any]]


def vector_of(text: str, width: int = 8) -> list[float]:
    """Not of unit length, and another for each text."""
    return [
        1.0 + sum(ord(c) * (i + place) % 13 for i, c in enumerate(text)) for place in range(width)
    ]


def embed(to: Talker, asked: Asked) -> None:
    texts = asked.body["input"]
    rows = [{"index": i, "embedding": vector_of(text)} for i, text in enumerate(texts)]
    if asked.model in _ROWS:
        rows = _ROWS[asked.model](rows)
    elif asked.model in BEHAVIOURS and asked.model != "good":
        return BEHAVIOURS[asked.model](to, asked, 1)
    sent = {"object": "list", "data": rows, "model": asked.model, "usage": {"prompt_tokens": 3}}
    return to.send_body(200, json.dumps(sent).encode())


def _changed(rows: Rows, embedding: list[float]) -> Rows:
    return [*rows[:-1], rows[-1] | {"embedding": embedding}]


_ROWS: dict[str, Callable[[Rows], Rows]] = {
    "reordered": lambda rows: rows[::-1],
    "wrong_count": lambda rows: rows[:-1],
    "twice": lambda rows: [rows[0] | {"index": 0} for _ in rows],
    "wrong_width": lambda rows: _changed(rows, [1.0] * (3 + len(rows))),
    "not_finite": lambda rows: _changed(rows, [float("nan")] * 8),
    "too_big": lambda rows: _changed(rows, [1e999] * 8),
    "zero": lambda rows: _changed(rows, [0.0] * 8),
    "no_vectors": lambda _: [],
}
