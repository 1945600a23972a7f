import os
import subprocess
import sys
from pathlib import Path

import pytest


def files_after(code: str, home: Path) -> list[str]:
    """What a process with that home leaves there."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    environment = environment | {"HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("ORT_DISABLE_TELEMETRY", None)
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
    return [path.name for path in home.rglob("*") if path.is_file()]


@pytest.mark.parametrize("module", ["minilm", "load"])
def test_loading_the_embedder_leaves_no_device_id_and_no_log_of_usage(
    module: str, tmp_path: Path
) -> None:
    assert files_after(f"import service.embed.{module}", tmp_path) == []
