"""A server says what its settings send elsewhere: when it starts, and to whoever asks."""

import subprocess
import sys
from pathlib import Path

from live import Caller, Database, Server, environment

MODEL = {
    "BATON_EXTRACTOR": "openai",
    "BATON_LLM_BASE_URL": "https://llm.example/v1",
    "BATON_LLM_MODEL": "some-model",
    "BATON_LLM_API_KEY": "sk-never-shown",
    "BATON_EMBEDDER": "tiny",
}


def until_it_listens(process: "subprocess.Popen[str]") -> list[str]:
    """What a server says before it can be called, and where that is."""
    said: list[str] = []
    while not (said and said[-1].startswith("Baton listens")):
        assert process.stdout is not None
        said.append(process.stdout.readline())
        assert said[-1], said
    return said


def test_with_default_settings_nothing_leaves(alice: Caller) -> None:
    assert alice.get("/v1/workspace").json()["leaves_machine"] == []


def test_what_leaves_is_said_at_the_start_and_in_the_workspace(
    database: Database, tmp_path: Path
) -> None:
    settings = environment(database, BATON_DATA_DIR=str(tmp_path), **MODEL)
    command = [sys.executable, "-m", "service.cli.main", "serve", "--port", "0", "--no-worker"]
    with subprocess.Popen(command, env=settings, stdout=subprocess.PIPE, text=True) as process:
        try:
            said = until_it_listens(process)
            server = Server(said[-1].split()[-1], process.pid, database)
            with server.caller() as caller:
                (leaves,) = caller.get("/v1/workspace").json()["leaves_machine"]
        finally:
            process.terminate()
            process.wait(60)
    (line,) = [line for line in said if line.startswith("Sent to ")]
    assert line.startswith("Sent to llm.example: the turns of every source")
    assert "mail addresses" in line
    assert (leaves["to"], "mail addresses" in leaves["redacted"]) == ("llm.example", True)
    assert "sk-never-shown" not in "".join(said) + str(leaves)
