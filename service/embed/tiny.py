from collections.abc import Sequence
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from service.embed.embedder import Vectors
from service.embed.pinned import check_pinned

PACKAGE = "wordllama"
WEIGHTS_SHA256 = "64b47a2dc493cb8e85944076601189739852d7b64e0e1eedcb1937a251cd9fd5"
TOKENIZER_SHA256 = "93248f2a9ec36c7b35f700a033d5f36228aae48db61aee31007fa49062cdeb68"
WIDTH = 256


class Tiny:
    """The mean of word vectors (wordllama): no attention, 16 MB, for small machines.

    Its files are read without its code: importing that opens a socket (urllib3 tries for IPv6)
    and sets up logging for the whole process.
    """

    name = f"wordllama-l2-supercat-256/{WEIGHTS_SHA256[:8]}"
    width = WIDTH

    def __init__(self, package: Path) -> None:
        weights = package / "weights/l2_supercat_256.safetensors"
        tokenizer = package / "tokenizers/l2_supercat_tokenizer_config.json"
        check_pinned(weights, WEIGHTS_SHA256)
        check_pinned(tokenizer, TOKENIZER_SHA256)
        (table,) = load_file(weights).values()
        self._table: Vectors = table.astype(np.float32)
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def passages(self, texts: Sequence[str]) -> Vectors:
        """One row a text, in the order given."""
        vectors = np.empty((len(texts), WIDTH), np.float32)
        encodings = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        for row, encoding in enumerate(encodings):
            vectors[row] = self._mean(encoding.ids)
        return vectors

    def query(self, text: str) -> Vectors:
        """One vector; questions and passages are embedded alike."""
        row: Vectors = self.passages([text])[0]
        return row

    def _mean(self, ids: Sequence[int]) -> Vectors:
        """The direction of the mean; no token, no direction: then always the same one."""
        summed = self._table[ids].sum(axis=0) if ids else np.ones(WIDTH, np.float32)
        unit: Vectors = summed / np.linalg.norm(summed)
        return unit
