from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from schemas.source import Notice

Vectors = npt.NDArray[np.float32]


class Embedder(Protocol):
    """Text to vectors of unit length; their inner product is the cosine similarity."""

    @property
    def name(self) -> str:
        """Stable id of the model with its weights: vectors of two names are never compared."""

    @property
    def width(self) -> int:
        """How many numbers a vector has."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """One row a text, in the order given."""

    def query(self, text: str) -> Vectors:
        """One vector."""


@dataclass(frozen=True)
class Loaded:
    """An embedder, and what a person should know about which one it is."""

    embedder: Embedder
    notices: tuple[Notice, ...] = ()
