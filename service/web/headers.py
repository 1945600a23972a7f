"""Request headers that carry a wish or a promise of the caller."""

from dataclasses import dataclass

from service.errors import IdempotencyKeyInvalid
from service.web.state import Call

LONGEST_WAIT_S = 30
_KEY_LIMIT = 255


@dataclass(frozen=True)
class Asked:
    """A header that a caller may send, for /schema."""

    name: str
    pattern: str | None
    example: str
    says: str


IDEMPOTENCY_KEY = Asked(
    name="Idempotency-Key",
    pattern=f"^[!-~]{{1,{_KEY_LIMIT}}}$",
    example="0d7c1c8e-2f4b-4f63-9a59-7f0a9e6a4b11",
    says="The same request again answers 200 with the source that it made.",
)
PREFER = Asked(
    name="Prefer",
    pattern=None,
    example="wait=10",
    says=f"`wait=N`: answer once the source is ready or failed, at the latest in N seconds "
    f"(over {LONGEST_WAIT_S} counts as {LONGEST_WAIT_S}). Other wishes are passed over.",
)


def read_wait(request: Call) -> int:
    """Seconds of `Prefer: wait=N`, at most 30; 0 where nothing is wished. RFC 7240, section 4.3."""
    for preference in request.headers.get(PREFER.name, "").split(","):
        name, _, value = preference.split(";")[0].partition("=")
        seconds = value.strip().strip('"')
        if name.strip().lower() == "wait" and seconds.isascii() and seconds.isdigit():
            return min(int(seconds[:9]), LONGEST_WAIT_S)
    return 0


def read_idempotency_key(request: Call) -> str | None:
    """The key under which the caller may send the same request again."""
    key = request.headers.get(IDEMPOTENCY_KEY.name)
    if key is None:
        return None
    if not 1 <= len(key) <= _KEY_LIMIT or any(not "!" <= char <= "~" for char in key):
        raise IdempotencyKeyInvalid(
            "The idempotency key is not 1 to 255 visible ASCII characters.",
            field=IDEMPOTENCY_KEY.name,
            mend="Send a random key, such as a UUID.",
        )
    return key
