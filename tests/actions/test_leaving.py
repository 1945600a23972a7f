"""What leaves the machine is one list from the settings; with defaults it is empty."""

from typing import Any

import pytest

from service.actions.leaving import NOTHING, lines, what_leaves
from service.errors import NotSetUp
from service.settings import Settings

MODEL = {
    "extractor": "openai",
    "llm_base_url": "https://llm.example:8443/v1/acme",
    "llm_model": "m",
    "llm_api_key": "sk-secret",
}
EMBEDDER = {"embedder": "openai", "embedding_base_url": "http://127.0.0.1:8080/v1"}


def settings(**said: Any) -> Settings:
    return Settings(_env_file=None, **said)


def test_by_default_nothing_leaves() -> None:
    assert (what_leaves(settings()), lines(())) == ((), (NOTHING,))


def test_an_address_alone_sends_nothing() -> None:
    assert what_leaves(settings(**MODEL | {"extractor": "local"})) == ()


@pytest.mark.parametrize(
    ("more", "taken", "kept"),
    [
        ({}, "mail addresses", "names of participants"),
        ({"redact_names": True}, "names of participants", "passages"),
        ({"redact": False, "redact_names": True}, "nothing", "names"),
    ],
)
def test_a_model_is_sent_turns(more: dict[str, Any], taken: str, kept: str) -> None:
    leaves = what_leaves(settings(**MODEL, **more))
    (line,) = lines(leaves)
    assert leaves[0].to == "llm.example:8443"
    assert (taken in line, kept in line, "sk-" in line, "acme" in line) == (
        True,
        False,
        False,
        False,
    )


def test_an_embedder_is_sent_passages_as_they_are() -> None:
    leaves = what_leaves(settings(**EMBEDDER, **MODEL))
    assert [(one.to, bool(one.redacted)) for one in leaves] == [
        ("llm.example:8443", True),
        ("127.0.0.1:8080", False),
    ]


@pytest.mark.parametrize("missing", ["llm_base_url", "llm_model"])
def test_a_model_without_a_place_is_not_set_up(missing: str) -> None:
    with pytest.raises(NotSetUp, match="BATON_LLM_BASE_URL and BATON_LLM_MODEL"):
        what_leaves(settings(**{k: v for k, v in MODEL.items() if k != missing}))
