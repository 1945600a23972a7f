from math import erf
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from service.embed.minilm import MiniLm

Array = npt.NDArray[np.float64]

TEXTS = (
    "Ann: we need the export by March, because the auditors come then.",
    "Was wurde uns für die Einführung zugesagt?",
    "お客様は三月までに必要です。",
    "Ми обіцяли переклад до кінця серпня",
    "",
    "a long turn without an end " * 90,
)


class Forward:
    """The same model in plain numpy, one text at a time, written from the weights alone."""

    def __init__(self, package: Path) -> None:
        weights = load_file(package / "model/model.safetensors")
        self.weights = {name: values.astype(np.float64) for name, values in weights.items()}
        self.tokenizer = Tokenizer.from_file(str(package / "model/tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(256)

    def vector(self, text: str) -> Array:
        ids = self.tokenizer.encode(text).ids
        tables = [f"embeddings.{of}_embeddings.weight" for of in ("word", "position", "token_type")]
        word, position, segment = (self.weights[table] for table in tables)
        hidden = self.normal(word[ids] + position[: len(ids)] + segment[0], "embeddings.LayerNorm")
        for number in range(6):
            hidden = self.layer(hidden, f"encoder.layer.{number}.")
        mean: Array = hidden.mean(axis=0)
        unit: Array = mean / np.sqrt(mean @ mean)
        return unit

    def layer(self, hidden: Array, at: str) -> Array:
        attended = self.dense(self.attend(hidden, f"{at}attention.self."), f"{at}attention.output")
        hidden = self.normal(attended + hidden, f"{at}attention.output.LayerNorm")
        inner = self.linear(hidden, f"{at}intermediate.dense")
        inner = inner * (1 + np.vectorize(erf)(inner / np.sqrt(2))) / 2
        return self.normal(self.dense(inner, f"{at}output") + hidden, f"{at}output.LayerNorm")

    def attend(self, hidden: Array, at: str) -> Array:
        parts = [self.linear(hidden, at + of).reshape(-1, 12, 32) for of in ("query", "key")]
        scores = np.einsum("qhd,khd->hqk", *parts) / np.sqrt(32)
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        value = self.linear(hidden, f"{at}value").reshape(-1, 12, 32)
        mixed: Array = np.einsum("hqk,khd->qhd", shares, value)
        return mixed.reshape(-1, 384)

    def dense(self, value: Array, at: str) -> Array:
        return self.linear(value, f"{at}.dense")

    def linear(self, value: Array, at: str) -> Array:
        product: Array = value @ self.weights[f"{at}.weight"].T
        return product + self.weights[f"{at}.bias"]

    def normal(self, value: Array, at: str) -> Array:
        centred = value - value.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
        moved: Array = scaled * self.weights[f"{at}.weight"] + self.weights[f"{at}.bias"]
        return moved


@pytest.fixture(scope="module")
def forward(minilm_package: Path) -> Forward:
    return Forward(minilm_package)


def test_equals_a_plain_forward_pass_also_beside_padding(local: MiniLm, forward: Forward) -> None:
    vectors = local.passages(TEXTS)
    for text, vector in zip(TEXTS, vectors, strict=True):
        assert float(vector @ forward.vector(text)) > 1 - 1e-4, text
        assert np.abs(vector - forward.vector(text)).max() < 1e-4, text


def test_rows_keep_the_order_of_the_texts_over_many_batches(local: MiniLm) -> None:
    texts = [f"promise {number} " * (1 + 37 * number % 60) for number in range(24)]
    alone = np.stack([local.query(text) for text in texts])
    assert np.abs(local.passages(texts) - alone).max() < 1e-4


def test_vectors_have_unit_length_and_the_stated_width(local: MiniLm) -> None:
    vectors = local.passages(TEXTS)
    assert vectors.shape == (len(TEXTS), local.width)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_other_words_of_the_same_meaning_are_nearer_than_another_subject(local: MiniLm) -> None:
    question = local.query("When do the auditors arrive?")
    same, other = local.passages(["The inspection team is here in March", "The tiles are blue"])
    assert question @ same > question @ other + 0.2


def test_no_text_is_no_row(local: MiniLm) -> None:
    assert local.passages([]).shape == (0, local.width)
