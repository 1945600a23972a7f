import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from service.embed.load import load
from service.embed.pinned import check_pinned, package_folder
from service.errors import NotSetUp

WITHOUT_A_SOCKET = """
import sys
def refuse(event, arguments):
    if event.startswith("socket."):
        raise SystemExit(f"used a socket: {event}")
sys.addaudithook(refuse)
from pathlib import Path
from service.embed.load import load
loaded = load(sys.argv[1], cache_dir=Path(sys.argv[2]))
print(loaded.embedder.name, loaded.embedder.query("hello").shape[0])
"""


@pytest.mark.parametrize("which", ["local", "tiny"])
def test_no_socket_is_opened(which: str, graph_folder: Path) -> None:
    command = [sys.executable, "-c", WITHOUT_A_SOCKET, which, str(graph_folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    name, width = done.stdout.split()
    assert (name.partition("/")[0], width) in {
        ("all-minilm-l6-v2", "384"),
        ("wordllama-l2-supercat-256", "256"),
    }


def test_tiny_has_unit_vectors_in_the_order_of_the_texts(tmp_path: Path) -> None:
    embedder = load("tiny", cache_dir=tmp_path).embedder
    texts = ["refund within 30 days", "", "x " * 3000, "返金は三十日以内です"]
    vectors = embedder.passages(texts)
    assert vectors.shape == (4, embedder.width)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    for text, vector in zip(texts, vectors, strict=True):
        assert np.allclose(embedder.query(text), vector, atol=1e-5)


def test_tiny_equals_the_library_that_it_does_not_import(tmp_path: Path) -> None:
    texts = ["refund within 30 days", "返金は三十日以内です", "PO-48213 is late " * 40]
    folder = package_folder("wordllama")
    loaded = load("tiny", cache_dir=tmp_path)
    from wordllama import WordLlama  # type: ignore[import-untyped]  # ships no types

    theirs = WordLlama.load(cache_dir=folder, disable_download=True).embed(texts, norm=True)
    assert np.abs(loaded.embedder.passages(texts) - theirs).max() < 1e-5


def test_local_without_its_wheel_is_tiny_with_a_notice(tmp_path: Path) -> None:
    loaded = load("local", cache_dir=tmp_path, package="a_wheel_that_is_not_there")
    assert loaded.embedder.name.startswith("wordllama")
    assert [notice.code for notice in loaded.notices] == ["embedder-tiny"]


def test_a_package_that_is_not_installed_has_no_folder() -> None:
    assert package_folder("a_wheel_that_is_not_there") is None


def test_a_model_file_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotSetUp, match="cannot be read"):
        check_pinned(tmp_path / "model.safetensors", "0" * 64)
