"""An embedder on another server: right vectors, or one typed fault in time."""

import time
from collections.abc import Iterator

import numpy as np
import pytest
from pydantic import SecretStr
from scripted_model import scripted
from scripted_talk import Scripted
from scripted_vectors import vector_of

from service.embed.load import load_chosen
from service.embed.remote import Place, Remote
from service.errors import EmbedderDown, NotSetUp
from service.settings import Settings

DEADLINE_S = 0.5


@pytest.fixture
def provider() -> Iterator[Scripted]:
    with scripted() as running:
        yield running


def remote(provider: Scripted, model: str = "good") -> Remote:
    place = Place(provider.url, model, SecretStr("key-of-the-test"))
    return Remote(place, passages_s=DEADLINE_S, query_s=DEADLINE_S)


@pytest.mark.parametrize("model", ["good", "reordered"])
def test_vectors_have_unit_length_and_the_order_of_the_texts(
    provider: Scripted, model: str
) -> None:
    texts = [f"promise {number}" for number in range(5)]
    vectors = remote(provider, model).passages(texts)
    wanted = np.array([vector_of(text) for text in texts])
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    assert vectors.dtype == np.float32
    assert np.allclose(vectors, wanted, atol=1e-6)


def test_a_question_is_embedded_like_a_passage(provider: Scripted) -> None:
    embedder = remote(provider)
    assert np.array_equal(embedder.query("when?"), embedder.passages(["when?"])[0])
    assert provider.asked[0].path == "/v1/embeddings"
    assert provider.asked[0].headers["authorization"] == "Bearer key-of-the-test"


def test_name_and_width_are_known_before_and_after_the_first_answer(provider: Scripted) -> None:
    embedder = remote(provider)
    assert (embedder.name, embedder.width) == ("remote/good/8", 8)
    assert len(provider.asked) == 1


@pytest.mark.parametrize(
    ("lengths", "batches"),
    [
        ([5] * 64, [64]),
        ([5] * 65, [64, 1]),
        ([50_000] * 3, [2, 1]),
        ([50_000, 50_001], [1, 1]),
        ([150_000, 5, 5], [1, 2]),
        ([], []),
    ],
)
def test_batches_stay_within_both_limits(
    provider: Scripted, lengths: list[int], batches: list[int]
) -> None:
    embedder = remote(provider)
    assert embedder.width == 8
    vectors = embedder.passages([f"{n:05}"[:5].ljust(size) for n, size in enumerate(lengths)])
    assert [len(asked.body["input"]) for asked in provider.asked[1:]] == batches
    assert vectors.shape == (len(lengths), 8)


@pytest.mark.parametrize(
    "model",
    [
        *("wrong_count", "twice", "wrong_width", "not_finite", "too_big", "zero", "no_vectors"),
        *("429", "500", "401", "404", "redirect", "html", "garbage200", "drop", "halfbody"),
        *("slow", "drip"),
    ],
)
def test_each_fault_is_the_same_error_in_time(provider: Scripted, model: str) -> None:
    began = time.monotonic()
    with pytest.raises(EmbedderDown) as caught:
        remote(provider, model).passages(["quetzalcanary one", "quetzalcanary two"])
    assert time.monotonic() - began < DEADLINE_S + 1
    assert len(provider.asked) == 1
    assert "quetzalcanary" not in f"{caught.value} {caught.value.__cause__}"


def test_a_width_that_changes_is_refused(provider: Scripted) -> None:
    embedder = remote(provider, "wrong_width")
    assert embedder.width == 4
    with pytest.raises(EmbedderDown, match="had 4 numbers before and have 8"):
        embedder.passages(["one"] * 5)


def test_nobody_listening_is_told() -> None:
    with pytest.raises(EmbedderDown, match="cannot be reached"):
        remote(Scripted(url="http://127.0.0.1:9/v1")).query("when?")


async def test_it_works_also_where_a_loop_runs(provider: Scripted) -> None:
    assert remote(provider).width == 8


def test_settings_name_it_and_nothing_is_asked_yet(
    provider: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BATON_EMBEDDER", "openai")
    with pytest.raises(NotSetUp, match="BATON_EMBEDDING_BASE_URL"):
        load_chosen(Settings(), cache_dir=Settings().data_dir)
    monkeypatch.setenv("BATON_EMBEDDING_BASE_URL", f"{provider.url}/")
    monkeypatch.setenv("BATON_EMBEDDING_MODEL", "good")
    loaded = load_chosen(Settings(), cache_dir=Settings().data_dir)
    assert provider.asked == []
    assert loaded.embedder.name == "remote/good/8"
