import subprocess
import sys

import pytest
from pydantic import ValidationError

from service.errors import NotSetUp
from service.llm.provider import Provider, provider_of
from service.settings import Settings

WITHOUT_LIBRARIES = """
import sys
import service.llm.client, service.llm.provider
print([name for name in ("openai", "instructor", "httpx2") if name in sys.modules])
"""


def test_settings_name_the_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotSetUp, match="BATON_LLM_BASE_URL"):
        provider_of(Settings())
    monkeypatch.setenv("BATON_LLM_BASE_URL", "http://127.0.0.1:8000/v1/")
    monkeypatch.setenv("BATON_LLM_MODEL", "small")
    monkeypatch.setenv("BATON_LLM_MODE", "tools")
    assert provider_of(Settings()) == Provider("http://127.0.0.1:8000/v1", "small", None, "tools")


@pytest.mark.parametrize(
    "url",
    [
        *("llm.example/v1", "ftp://llm.example", "http:///v1", "file:///etc/passwd"),
        *("https://me:secret@llm.example/v1", "https://llm.example/v1?key=secret"),
        "https://llm.example/v1#secret",
    ],
)
@pytest.mark.parametrize("name", ["BATON_LLM_BASE_URL", "BATON_EMBEDDING_BASE_URL"])
def test_an_address_with_more_in_it_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, url: str
) -> None:
    monkeypatch.setenv(name, url)
    with pytest.raises(ValidationError) as caught:
        Settings()
    assert "secret" not in str(caught.value)


def test_the_client_libraries_are_not_imported_before_a_model_is_opened() -> None:
    command = [sys.executable, "-c", WITHOUT_LIBRARIES]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
