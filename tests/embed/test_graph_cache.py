import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.embed.graph_cache import cached_graph
from service.embed.minilm import WEIGHTS_SHA256, MiniLm
from service.errors import NotSetUp


@pytest.fixture
def weights(minilm_package: Path) -> Path:
    return minilm_package / "model/model.safetensors"


@pytest.fixture
def built(local: MiniLm, graph_folder: Path) -> Path:
    assert local.width == 384
    return next(graph_folder.glob("*.onnx"))


def test_the_second_start_uses_the_first_ones_graph(weights: Path, built: Path) -> None:
    before = built.stat().st_mtime_ns
    assert cached_graph(weights, WEIGHTS_SHA256, cache_dir=built.parent) == built
    assert built.stat().st_mtime_ns == before


def test_a_graph_that_was_cut_short_is_built_again(
    weights: Path, built: Path, tmp_path: Path
) -> None:
    cut_short = tmp_path / built.name
    cut_short.write_bytes(built.read_bytes()[:1_000_000])
    again = cached_graph(weights, WEIGHTS_SHA256, cache_dir=tmp_path)
    assert again == cut_short
    assert again.stat().st_size == built.stat().st_size


def test_two_that_build_at_once_end_with_one_whole_graph(weights: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        paths = pool.map(
            lambda _: cached_graph(weights, WEIGHTS_SHA256, cache_dir=tmp_path), range(2)
        )
    assert list(tmp_path.iterdir()) == [next(paths)] == [next(paths)]


def test_a_folder_that_cannot_be_written_is_told(weights: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(NotSetUp, match="cannot be written"):
        cached_graph(weights, WEIGHTS_SHA256, cache_dir=tmp_path / "file")


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_a_changed_model_file_is_refused(minilm_package: Path, tmp_path: Path, name: str) -> None:
    model = tmp_path / "model"
    shutil.copytree(minilm_package / "model", model)
    with (model / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(NotSetUp, match=f"{name} has checksum"):
        MiniLm(tmp_path, cache_dir=tmp_path)
