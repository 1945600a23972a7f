"""What a route asks and refuses, said once beside it: its guards read it, and /schema tells it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from litestar.handlers import BaseRouteHandler

from schemas.model import Model
from service.errors import BatonError
from service.web.headers import Asked

JSON = "application/json"
FORM = "multipart/form-data"


@dataclass(frozen=True)
class Terms:
    """Shapes of what comes in, and the problems that are this route's own."""

    query: type[Model] | None = None
    bodies: Mapping[str, type[Model]] = field(default_factory=dict)
    """The shape of a body by its media type."""
    needs_body: bool = True
    headers: tuple[Asked, ...] = ()
    raises: tuple[type[BatonError], ...] = ()
    makes: str | None = None
    """The name in other paths of what this route makes, by the `id` of its answer."""


def terms(
    *scopes: str,
    query: type[Model] | None = None,
    body: type[Model] | None = None,
    form: type[Model] | None = None,
    needs_body: bool = True,
    headers: tuple[Asked, ...] = (),
    raises: tuple[type[BatonError], ...] = (),
    makes: str | None = None,
) -> dict[str, Any]:
    """For `opt=` of a handler. One of `scopes` is enough; without any no key is asked for."""
    bodies = {kind: shape for kind, shape in ((JSON, body), (FORM, form)) if shape}
    return {
        "scopes": scopes,
        "query": tuple(query.model_fields) if query else (),
        "terms": Terms(
            query=query,
            bodies=bodies,
            needs_body=needs_body,
            headers=headers,
            raises=raises,
            makes=makes,
        ),
    }


def terms_of(handler: BaseRouteHandler) -> Terms:
    """Those of a handler; a probe has none."""
    found = handler.opt.get("terms", Terms())
    if not isinstance(found, Terms):
        raise TypeError(f"{handler} has other terms than `terms()` makes")
    return found
