import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from service.embed.embedder import Embedder, Vectors


def embedded(texts: Sequence[str], embedder: Embedder, *, cache: Path) -> Vectors:
    """Embed texts, or read them from the cache, where they are named by model and content."""
    digest = hashlib.sha256("\0".join([embedder.name, *texts]).encode()).hexdigest()
    path = cache / f"vectors-{digest[:16]}.npy"
    if path.exists():
        stored: Vectors = np.load(path)
        return stored
    vectors = embedder.passages(texts)
    cache.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.npy")
    np.save(part, vectors)
    part.rename(path)
    return vectors
