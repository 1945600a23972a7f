"""Everything that can go wrong, as one small tree.

Each class says its problem type, its status and its title; an instance adds the detail, the field
and the mend. `web.problems` turns it into `application/problem+json`.
"""

import pydantic
from pydantic_core import ErrorDetails

from schemas.model import Model

_SAID = {
    "model_type": ("must be an object", "Send a JSON object."),
    "extra_forbidden": ("is not known here", "Check its spelling, or leave it out."),
    "missing": ("is missing", "Send it."),
}
"""Where the words of pydantic name its own classes or say less than we know."""

_CORRECT = "Correct it, or leave it out."
_ERRORS = 20
_SHOWN = 60


class FieldError(Model):
    """One field that is wrong, and how to mend it."""

    field: str
    detail: str
    mend: str = ""


def field_errors(error: pydantic.ValidationError) -> list[FieldError]:
    """What pydantic found, in our words and without the values that it looked at."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return [_field_error(one) for one in found[:_ERRORS]]


def _field_error(found: ErrorDetails) -> FieldError:
    field = ".".join(shown(str(part)) for part in found["loc"])
    said = found["msg"].removeprefix("Value error, "), _CORRECT
    detail, mend = _SAID.get(found["type"], said)
    return FieldError(field=field, detail=detail, mend=mend)


def shown(name: str) -> str:
    """As much of a caller's own name for a field as an answer repeats."""
    return "".join(char for char in name[:_SHOWN] if char.isprintable())


class BatonError(Exception):
    """Something Baton refuses or cannot do."""

    type = "internal"
    status = 500
    title = "Something went wrong on our side"

    def __init__(
        self,
        detail: str = "",
        *,
        field: str | None = None,
        mend: str = "",
        errors: list[FieldError] | None = None,
        retry_after_s: int | None = None,
    ) -> None:
        self.detail = detail or self.title
        self.field = field
        self.mend = mend
        self.errors = errors or []
        self.retry_after_s = retry_after_s
        super().__init__(self.detail)


class Malformed(BatonError):
    """The body cannot be read as what it says it is."""

    type, status, title = "malformed", 400, "The request cannot be read"


class Invalid(BatonError):
    """A field, query parameter or key is wrong or unknown."""

    type, status, title = "invalid", 400, "A field is not valid"


class IdempotencyKeyInvalid(BatonError):
    """The key is not 1 to 255 visible ASCII characters."""

    type, status, title = "idempotency-key-invalid", 400, "The idempotency key is not valid"


class Unauthorized(BatonError):
    """No key, or one that is unknown, revoked or expired: one answer for all."""

    type, status, title = "unauthorized", 401, "A valid key is needed"


class SignatureInvalid(BatonError):
    """A hook was called without a signature that holds: one answer for every reason."""

    type, status, title = "signature-invalid", 401, "The signature does not hold"


class ScopeMissing(BatonError):
    """The key is good but lacks the scope that this call needs."""

    type, status, title = "scope-missing", 403, "The key lacks a scope"


class NotFound(BatonError):
    """Nothing here by that name in this workspace."""

    type, status, title = "not-found", 404, "Not found"


class MethodNotAllowed(BatonError):
    """The path exists, the method does not."""

    type, status, title = "method-not-allowed", 405, "Method not allowed"


class NotReady(BatonError):
    """The source is not worked off yet."""

    type, status, title = "not-ready", 409, "Not ready yet"


class RunFailed(BatonError):
    """The source failed; there is no note to show."""

    type, status, title = "run-failed", 409, "The run failed"


class DealCustomerClash(BatonError):
    """The deal belongs to another customer."""

    type, status, title = "deal-customer-clash", 409, "The deal belongs to another customer"


class SourceClash(BatonError):
    """The same content is stored for that deal already, as another source."""

    type, status, title = "source-clash", 409, "The deal has this content already"


class VersionClash(BatonError):
    """Somebody else has changed it since the caller looked."""

    type, status, title = "version-clash", 409, "Another version is stored by now"


class ProposalClosed(BatonError):
    """It was decided on, or a newer note or re-run has taken its place."""

    type, status, title = "proposal-closed", 409, "The proposal is no longer open"


class IdempotencyKeyBusy(BatonError):
    """The first request with this key has not committed within 5 s."""

    type, status, title = "idempotency-key-busy", 409, "The first request is still running"


class TooLarge(BatonError):
    """Over a size limit."""

    type, status, title = "too-large", 413, "Too large"


class UnsupportedMediaType(BatonError):
    """Wrong or missing Content-Type, or any request Content-Encoding."""

    type, status, title = "unsupported-media-type", 415, "Unsupported media type"


class FormatUnknown(BatonError):
    """Binary, or JSON of no known shape."""

    type, status, title = "format-unknown", 422, "The format is not known"


class NoContent(BatonError):
    """There are no words in it."""

    type, status, title = "no-content", 422, "There are no words in it"


class SeveralCalls(BatonError):
    """One upload is one call; this one holds more."""

    type, status, title = "several-calls", 422, "These are several calls"


class SeveralThreads(BatonError):
    """One upload is one mail thread; this one holds messages of more."""

    type, status, title = "several-threads", 422, "These are several threads"


class ParseLimit(BatonError):
    """Reading it would take more time or memory than one file may take."""

    type, status, title = "parse-limit", 422, "The file is over the limits of reading"


class ConsentMissing(BatonError):
    """The workspace takes no source without consent."""

    type, status, title = "consent-missing", 422, "Consent is missing"


class DestinationNotAllowed(BatonError):
    """An address that requests are not sent to."""

    type, status, title = "destination-not-allowed", 422, "The destination is not allowed"


class ClaimRejected(BatonError):
    """What a person says does not stand in the source."""

    type, status, title = "claim-rejected", 422, "The claim does not stand in the source"


class SecretUnusable(BatonError):
    """With this secret nothing of that provider could ever be verified."""

    type, status, title = "secret-unusable", 422, "The secret cannot be used"


class IdempotencyKeyReused(BatonError):
    """The same key came with another body."""

    type, status, title = "idempotency-key-reused", 422, "The key was used for another body"


class RateLimited(BatonError):
    """The key has used up its requests of this minute."""

    type, status, title = "rate-limited", 429, "Too many requests"


class QueueFull(BatonError):
    """The workspace has as many sources waiting as it may have."""

    type, status, title = "queue-full", 429, "Too many sources wait"


class BudgetExhausted(BatonError):
    """What may be spent on a model is spent, or this would go over it."""

    type, status, title = "budget-exhausted", 429, "The budget is used up"


class Unavailable(BatonError):
    """The database is away."""

    type, status, title = "unavailable", 503, "The service is not available"


class Locked(Unavailable):
    """Another request has held what this one needs for 5 s."""


class EmbedderDown(Unavailable):
    """The embedder of another machine does not answer, or what it answers is no vectors."""


class ModelAway(Unavailable):
    """The model does not answer now; `retry_after_s` says when it is asked again."""


class NotSetUp(Exception):
    """The command line cannot start: one line says what to mend (exit code 3)."""
