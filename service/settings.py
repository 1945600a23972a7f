"""Every setting of Baton, read once from the environment and `.env`."""

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

Usd = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Settings(BaseSettings):
    """Environment variables start with `BATON_`; `docs/settings.md` explains each."""

    model_config = SettingsConfigDict(
        env_prefix="BATON_",
        env_file=".env",
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    data_dir: Path = Field(
        default=Path(".baton"),
        description="Folder of the embedded PostgreSQL server, its secrets and the model cache.",
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="PostgreSQL of your own, as the ordinary role `baton_app`; "
        "unset: the embedded server.",
    )
    owner_database_url: SecretStr | None = Field(
        default=None,
        description="Role that owns the tables: `baton migrate`. Needed with BATON_DATABASE_URL.",
    )
    system_database_url: SecretStr | None = Field(
        default=None,
        description="Role of the system door: keys, jobs, hook ids, erasure ledger. "
        "Needed with BATON_DATABASE_URL.",
    )
    extractor: Literal["local", "openai"] = Field(
        default="local",
        description="Who reads the sources. `local`: rules on this machine, no model; "
        "`openai`: a model behind BATON_LLM_BASE_URL, and turns are sent there.",
    )
    llm_base_url: str | None = Field(
        default=None,
        description="Server that speaks the API of OpenAI, up to and with `/v1`. "
        "Needed with BATON_EXTRACTOR=openai.",
    )
    llm_api_key: SecretStr | None = Field(
        default=None, description="Key for that server; unset: it asks for none."
    )
    llm_model: str | None = Field(
        default=None,
        min_length=1,
        description="Model, as that server calls it. Needed with BATON_EXTRACTOR=openai.",
    )
    llm_mode: Literal["auto", "json_schema", "tools", "json"] = Field(
        default="auto",
        description="How the model is asked for JSON. `auto`: found out by a small call.",
    )
    llm_context_tokens: int = Field(
        default=128_000,
        ge=4_096,
        description="Tokens that the model takes at once, prompt and reply together; "
        "a longer source is read in windows.",
    )
    llm_timeout_s: int = Field(
        default=120, ge=1, le=3_600, description="Seconds that one call to the model may take."
    )
    redact: bool = Field(
        default=True,
        description="Mail addresses, phone and card numbers, bank accounts and secrets are "
        "replaced by labels before turns are sent to a model.",
    )
    redact_names: bool = Field(
        default=False, description="So are the names of the participants; needs BATON_REDACT."
    )
    llm_price_in: Usd | None = Field(
        default=None,
        description="USD for a million tokens that go in; unset: by the table of Baton. "
        "Needed with BATON_LLM_PRICE_OUT; a server of your own: 0.",
    )
    llm_price_out: Usd | None = Field(
        default=None,
        description="USD for a million tokens that come out. Needed with BATON_LLM_PRICE_IN.",
    )
    budget_run_usd: Usd | None = Field(
        default=None,
        description="USD that one reading of one source may cost at most; unset: no limit.",
    )
    budget_day_usd: Usd | None = Field(
        default=None,
        description="USD that each workspace may spend on a day in UTC; unset: no limit.",
    )
    rerun_accept: Literal["person", "always"] = Field(
        default="person",
        description="Who accepts what a re-run proposes. `always`: nobody is asked, where the "
        "re-run read every turn with what it was set to.",
    )
    embedder: Literal["local", "tiny", "openai"] = Field(
        default="local",
        description="Who embeds. `local`: all-MiniLM-L6-v2, 384 dimensions; "
        "`tiny`: wordllama, 256 dimensions, for small machines; "
        "`openai`: a server behind BATON_EMBEDDING_BASE_URL, and passages are sent there.",
    )
    embedding_base_url: str | None = Field(
        default=None,
        description="Server with `/embeddings` as OpenAI has it, up to and with `/v1`. "
        "Needed with BATON_EMBEDDER=openai.",
    )
    embedding_api_key: SecretStr | None = Field(
        default=None, description="Key for that server; unset: it asks for none."
    )
    embedding_model: str | None = Field(
        default=None,
        min_length=1,
        description="Embedding model, as that server calls it. Needed with BATON_EMBEDDER=openai.",
    )
    vendor_domains: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Mail domains of your own company, separated by commas: "
        "their people are the vendor.",
    )
    vendor_names: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Names of your own company as they stand in display names "
        "(`Dana | Northwind`), separated by commas.",
    )
    key_pepper: SecretStr | None = Field(
        default=None,
        description="Secret mixed into stored key hashes; made and kept in the data folder "
        "for the embedded server, required otherwise.",
    )
    secret_key: SecretStr | None = Field(
        default=None,
        description="Secret under which secrets of hooks are stored; made and kept in the data "
        "folder for the embedded server, required otherwise.",
    )
    public_url: str | None = Field(
        default=None,
        description="Where others reach this server: scheme, host and path in front of `/v1`. "
        "Needed behind a proxy, where signatures cover the address; unset: as a request names it.",
    )
    outgoing_allow: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Networks and host names inside that requests may go to, separated by commas; "
        "unset: the public internet alone.",
    )
    rate_limit: int = Field(
        default=6000,
        ge=0,
        description="Requests that one key may make a minute, counted in each server process; "
        "0: no limit.",
    )
    worker_concurrency: int = Field(
        default=2, ge=1, le=32, description="Jobs that one worker process runs at a time."
    )
    worker_stalled_s: int = Field(
        default=15,
        ge=3,
        le=30,
        description="Seconds after which a silent worker is taken for dead.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="How much is logged; transcript text never is."
    )
    log_format: Literal["auto", "json", "text"] = Field(
        default="auto",
        description="How a line of log is written. `auto`: for people on a terminal, else as JSON.",
    )
    jobs_wait_limit_s: int = Field(
        default=120,
        ge=1,
        description="Seconds that a job may wait for a worker before /healthz/jobs turns red.",
    )

    @field_validator("llm_base_url", "embedding_base_url", "public_url")
    @classmethod
    def _plain_url(cls, value: str | None) -> str | None:
        """An address and a path: a key or a query in it would end up in logs."""
        if value is None:
            return None
        url = urlsplit(value)
        if url.scheme not in {"http", "https"} or not url.hostname or "@" in url.netloc:
            raise ValueError("is an address like https://llm.example/v1, without a user or key")
        if url.query or url.fragment:
            raise ValueError("has neither ? nor #")
        return value.rstrip("/")

    @field_validator("vendor_domains", "vendor_names", "outgoing_allow", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value
