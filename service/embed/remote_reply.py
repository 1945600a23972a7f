"""What a server answers for a batch of texts, read with suspicion."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from service.embed.embedder import Vectors
from service.errors import EmbedderDown

WIDEST = 16_000
"""The database holds no wider ones."""


class _Vector(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)

    index: int
    embedding: list[float]


class _Reply(BaseModel):
    """The part of the answer that is used; servers add what they like."""

    model_config = ConfigDict(hide_input_in_errors=True)

    data: list[_Vector] = Field(min_length=1)


def read_vectors(body: bytes, *, texts: int, width: int | None) -> Vectors:
    """One row of unit length a text, in the order of the texts; raises EmbedderDown."""
    rows = _rows(body, texts=texts)
    widths = {len(row) for row in rows}
    if len(widths) != 1 or not 1 <= max(widths) <= WIDEST:
        raise _unusable("its vectors differ in width, have none, or are too wide")
    if width is not None and widths != {width}:
        raise _unusable(f"its vectors had {width} numbers before and have {max(widths)} now")
    return _of_unit_length(np.asarray(rows, np.float64))


def _rows(body: bytes, *, texts: int) -> Sequence[Sequence[float]]:
    """In the order of `index`: servers that work in parallel answer out of order."""
    try:
        reply = _Reply.model_validate_json(body)
    except ValidationError as error:
        raise _unusable("its answer cannot be read") from error
    by_index = {vector.index: vector.embedding for vector in reply.data}
    if len(reply.data) != texts or sorted(by_index) != list(range(texts)):
        raise _unusable(f"it sent {len(reply.data)} vectors for {texts} texts, or numbers twice")
    return [by_index[index] for index in range(texts)]


def _of_unit_length(vectors: npt.NDArray[np.float64]) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or not lengths.all():
        raise _unusable("a vector has no length, or is not finite")
    unit: Vectors = (vectors / lengths).astype(np.float32)
    return unit


def _unusable(why: str) -> EmbedderDown:
    return EmbedderDown(
        f"The embedding server is of no use: {why}.",
        mend="Check BATON_EMBEDDING_BASE_URL and BATON_EMBEDDING_MODEL.",
    )
