from dataclasses import dataclass
from typing import Literal

from pydantic import SecretStr

from service.errors import NotSetUp
from service.settings import Settings

Mode = Literal["auto", "json_schema", "tools", "json"]


@dataclass(frozen=True)
class Provider:
    """A server that speaks the API of OpenAI, and one of its models. Operator's choice only."""

    base_url: str
    model: str
    api_key: SecretStr | None = None
    """None: a server that asks for none."""
    mode: Mode = "auto"


def provider_of(settings: Settings) -> Provider:
    """The one that these settings name."""
    if settings.llm_base_url is None or settings.llm_model is None:
        raise NotSetUp("BATON_EXTRACTOR=openai needs BATON_LLM_BASE_URL and BATON_LLM_MODEL")
    return Provider(
        base_url=settings.llm_base_url,
        model=settings.llm_model,
        api_key=settings.llm_api_key,
        mode=settings.llm_mode,
    )
