"""From settings to a place to work: which database, which secrets, which embedder."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from ipaddress import ip_network

from service.actions.extraction import Extractor, LocalExtractor
from service.actions.files import VendorNames
from service.actions.hooks import HookPlace
from service.actions.model_extraction import ModelExtractor, Terms
from service.actions.spending import Ledger, Purse
from service.actions.taking_in import Intake
from service.db import migrate
from service.db.doors import Doors
from service.db.embedded.lease import acquire
from service.embed.embedder import Loaded
from service.embed.load import load_chosen
from service.errors import NotSetUp
from service.llm.opening import Opening
from service.llm.prices import price_of
from service.llm.provider import provider_of
from service.outgoing.client import Outgoing
from service.outgoing.guard import Allowed, GuardedBackend
from service.sealing import Seal
from service.settings import Settings


@dataclass(frozen=True)
class Place:
    """Where a process works. URLs hold passwords: they are never logged."""

    app_url: str
    system_url: str
    owner_url: str | None
    pepper: bytes
    secret_key: bytes
    is_embedded: bool
    notices: tuple[str, ...] = ()


@contextmanager
def open_place(settings: Settings) -> Iterator[Place]:
    """The embedded server, started if need be and kept while in use; or the one that is named."""
    if settings.database_url is not None:
        yield _outside(settings)
        return
    with acquire(settings.data_dir.absolute()) as lease:
        cluster = lease.cluster
        pepper = settings.key_pepper or cluster.secrets.key_pepper
        secret_key = settings.secret_key or cluster.secrets.secret_key
        yield Place(
            app_url=cluster.url("baton_app"),
            system_url=cluster.url("baton_system"),
            owner_url=cluster.url("baton_owner"),
            pepper=pepper.get_secret_value().encode(),
            secret_key=secret_key.get_secret_value().encode(),
            is_embedded=True,
            notices=cluster.notices,
        )


def _outside(settings: Settings) -> Place:
    if settings.database_url is None or settings.system_database_url is None:
        raise NotSetUp("BATON_DATABASE_URL needs BATON_SYSTEM_DATABASE_URL beside it")
    if settings.key_pepper is None:
        raise NotSetUp("BATON_DATABASE_URL needs BATON_KEY_PEPPER: 32 random bytes, kept for good")
    if settings.secret_key is None:
        raise NotSetUp("BATON_DATABASE_URL needs BATON_SECRET_KEY: 32 random bytes, kept for good")
    owner = settings.owner_database_url
    return Place(
        app_url=settings.database_url.get_secret_value(),
        system_url=settings.system_database_url.get_secret_value(),
        owner_url=owner.get_secret_value() if owner else None,
        pepper=settings.key_pepper.get_secret_value().encode(),
        secret_key=settings.secret_key.get_secret_value().encode(),
        is_embedded=False,
    )


def prepare(place: Place) -> None:
    """The embedded database is migrated by whoever comes; an outside one only by its operator."""
    if place.is_embedded and place.owner_url is not None:
        migrate.upgrade(place.owner_url)


def load_embedder(settings: Settings) -> Loaded:
    """The embedder of these settings; the graph of a local one is cached in the data folder."""
    return load_chosen(settings, cache_dir=settings.data_dir.absolute() / "models")


def purse_of(settings: Settings) -> Purse | None:
    """What the chat model of these settings costs and may cost; None where none is asked."""
    if settings.extractor == "local":
        return None
    model = provider_of(settings).model
    price, budgets = price_of(settings, model), (settings.budget_run_usd, settings.budget_day_usd)
    if price is None and budgets != (None, None):
        raise NotSetUp(
            f"a budget needs the price of {model}: set BATON_LLM_PRICE_IN and BATON_LLM_PRICE_OUT"
        )
    return Purse(
        price, terms_of(settings), run_usd=settings.budget_run_usd, day_usd=settings.budget_day_usd
    )


def terms_of(settings: Settings) -> Terms:
    """How a chat model is asked, and what is taken out before."""
    return Terms(
        context_tokens=settings.llm_context_tokens,
        timeout_s=settings.llm_timeout_s,
        redacts=settings.redact,
        redacts_names=settings.redact_names,
    )


@asynccontextmanager
async def open_extractor(settings: Settings, doors: Doors) -> AsyncIterator[Extractor]:
    """The extractor of these settings, for the event loop that enters this."""
    purse = purse_of(settings)
    if purse is None:
        yield LocalExtractor()
        return
    opening = Opening(provider_of(settings))
    try:
        yield ModelExtractor(
            doors,
            opening,
            lambda here, source: Ledger(doors, purse, workspace_id=here, source_id=source),
            purse.terms,
        )
    finally:
        await opening.close()


@asynccontextmanager
async def open_intake(settings: Settings, place: Place, doors: Doors) -> AsyncIterator[Intake]:
    """With what a worker brings in that hooks told of, for the event loop that enters this."""
    async with Outgoing(GuardedBackend(allowed_of(settings))) as outgoing:
        yield Intake(
            HookPlace(doors, Seal(place.secret_key), settings.public_url or ""),
            outgoing,
            VendorNames(domains=settings.vendor_domains, names=settings.vendor_names),
            purse_of(settings),
        )


def allowed_of(settings: Settings) -> Allowed:
    """What the operator opens beside the public internet; raises NotSetUp for half a network."""
    networks, hosts = [], set()
    for one in settings.outgoing_allow:
        if "/" not in one:
            hosts.add(one.lower())
            continue
        try:
            networks.append(ip_network(one))
        except ValueError as error:
            raise NotSetUp(f"BATON_OUTGOING_ALLOW: {one} is no network like 10.1.0.0/16") from error
    return Allowed(tuple(networks), frozenset(hosts))
