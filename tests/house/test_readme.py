"""The commands of the README, run as they stand there."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from live import Caller, Database, Server, serving

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")


@pytest.fixture(scope="module")
def vendor(
    make_database: Callable[[], Database], tmp_path_factory: pytest.TempPathFactory, root: Path
) -> Iterator[Server]:
    """The server as the README starts it."""
    line = re.search(r"^(BATON_.*) make serve$", _text(root), re.MULTILINE)
    assert line is not None
    settings = dict(pair.split("=", 1) for pair in line[1].split())
    data = str(tmp_path_factory.mktemp("readme"))
    with serving(make_database(), BATON_DATA_DIR=data, **settings) as running:
        yield running


def _text(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


def _commands(root: Path) -> list[str]:
    """Each `curl`, without the line that keeps the id for the next."""
    blocks = re.findall(r"^```\n(curl .*?)^```$", _text(root), re.MULTILINE | re.DOTALL)
    return [re.sub(r"^export ID=.*\n", "", block, flags=re.MULTILINE) for block in blocks]


def _run(root: Path, command: str, caller: Caller, *, source_id: str) -> dict[str, object]:
    environment = {"KEY": caller.key, "URL": str(caller.base_url), "ID": source_id}
    done = subprocess.run(
        ["bash", "-ec", command], cwd=root, env=environment, capture_output=True, check=True
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_the_curl_commands_do_what_is_said(vendor: Server, root: Path) -> None:
    upload, status, note, search, delete = _commands(root)
    with vendor.caller() as caller:
        source_id = str(_run(root, upload, caller, source_id="")["id"])
        caller.ready(caller.get(f"/v1/sources/{source_id}"))
        assert _run(root, status, caller, source_id=source_id)["status"] == "ready"
        assert _run(root, note, caller, source_id=source_id)["what_was_promised"]
        hits = _run(root, search, caller, source_id=source_id)["hits"]
        assert _same(hits, _shown(root, "hits"))
        assert _run(root, delete, caller, source_id=source_id)["residue"] == 0


def _shown(root: Path, key: str) -> object:
    """What the README prints under that key."""
    blocks = re.findall(r"^```json\n(.*?)^```$", _text(root), re.MULTILINE | re.DOTALL)
    return next(found[key] for block in blocks if key in (found := json.loads(block)))


def _same(hits: object, shown: object) -> bool:
    """The first hit is the one that is printed."""
    assert isinstance(hits, list)
    assert isinstance(shown, list)
    return bool(hits[0]["text"] == shown[0]["text"])
