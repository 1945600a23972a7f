"""Hooks: the addresses that recorders and mail gateways call."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from schemas.model import Model
from schemas.source import Notice
from schemas.text import Flag

_Word = Annotated[str, Field(min_length=1, max_length=500, pattern="^[!-~]+$")]
"""A header carries it: printable ASCII without blanks."""


class CredentialsForm(Model):
    """What a workspace has at a provider, for fetching what is only announced."""

    key: _Word | None = None
    secret: _Word | None = None
    base_url: _Word | None = None
    """Where its API lies, if not at the usual place."""


class HookForm(Model):
    """How a provider is to call; what is left out stays as it is."""

    secret: Annotated[str, Field(min_length=1, max_length=4_000)] | None = None
    credentials: CredentialsForm | None = None
    consent: Flag | None = None
    """Everybody recorded through this provider has agreed."""


class HookView(Model):
    """A hook as its workspace sees it; a secret is shown once, and only where we made it."""

    provider: str
    hook_id: str
    url: str
    secret: str | None = None
    has_credentials: bool
    consent: bool | None
    created_at: datetime
    called_at: datetime | None
    notices: tuple[Notice, ...] = ()
