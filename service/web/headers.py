"""Request headers that carry a wish or a promise of the caller."""

from service.errors import IdempotencyKeyInvalid
from service.web.state import Call

LONGEST_WAIT_S = 30
_KEY_LIMIT = 255


def read_wait(request: Call) -> int:
    """Seconds of `Prefer: wait=N`, at most 30; 0 where nothing is wished. RFC 7240, section 4.3."""
    for preference in request.headers.get("prefer", "").split(","):
        name, _, value = preference.split(";")[0].partition("=")
        seconds = value.strip().strip('"')
        if name.strip().lower() == "wait" and seconds.isascii() and seconds.isdigit():
            return min(int(seconds[:9]), LONGEST_WAIT_S)
    return 0


def read_idempotency_key(request: Call) -> str | None:
    """The key under which the caller may send the same request again."""
    key = request.headers.get("idempotency-key")
    if key is None:
        return None
    if not 1 <= len(key) <= _KEY_LIMIT or any(not "!" <= char <= "~" for char in key):
        raise IdempotencyKeyInvalid(
            "The idempotency key is not 1 to 255 visible ASCII characters.",
            field="Idempotency-Key",
            mend="Send a random key, such as a UUID.",
        )
    return key
