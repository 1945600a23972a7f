import hashlib
import tempfile
from pathlib import Path

from safetensors.numpy import load_file

from service.embed.graph import BUILDER_VERSION, build
from service.embed.pinned import digest_of
from service.errors import NotSetUp


def cached_graph(weights: Path, weights_digest: str, *, cache_dir: Path) -> Path:
    """Return the built graph: the cached one, or a new one where none is whole.

    The name of the file holds the digest of its content, so a file that was cut short or altered
    is never run. Processes that build at once each rename a file of their own into place.
    """
    key = hashlib.sha256(f"{weights_digest} {BUILDER_VERSION}".encode()).hexdigest()[:12]
    for path in sorted(cache_dir.glob(f"minilm-{key}-*.onnx")):
        if path.stem == f"minilm-{key}-{digest_of(path)}":
            return path
    content = build(load_file(weights)).SerializeToString()
    name = f"minilm-{key}-{hashlib.sha256(content).hexdigest()}.onnx"
    return _write(content, cache_dir / name)


def _write(content: bytes, path: Path) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix="part-") as folder:
            part = Path(folder) / path.name
            part.write_bytes(content)
            part.rename(path)
    except OSError as error:
        raise NotSetUp(
            f"The embedding graph cannot be written to {path.parent}: {error.strerror}."
        ) from error
    return path
