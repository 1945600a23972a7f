"""The form of a key: made, read and compared, without a database.

`baton_<id: 22 base62>_<secret: 43 base62><checksum: 6 base62 of CRC32>`. The prefix makes a leaked
key findable, the checksum refuses a typing error without a query. 256 random bits need no slow
hash, which would only be a lever for load.
"""

import hashlib
import hmac
import secrets
import string
import zlib
from dataclasses import dataclass

ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
ID_LENGTH, SECRET_LENGTH, CHECKSUM_LENGTH = 22, 43, 6
PEPPER_VERSION = 1
SCOPES = ("ingest", "read", "write", "admin")


@dataclass(frozen=True)
class Key:
    """A key in clear; only its maker and its owner ever see one."""

    id: str
    secret: str

    @property
    def text(self) -> str:
        """What the caller puts behind `Bearer `."""
        body = f"{self.id}_{self.secret}"
        return f"baton_{body}{_checksum(body)}"


def make() -> Key:
    """A new random key."""
    return Key(id=_random(ID_LENGTH), secret=_random(SECRET_LENGTH))


def read(text: str) -> Key | None:
    """The key that `text` spells; None where form or checksum is wrong."""
    body = text.removeprefix("baton_")
    if len(text) - len(body) != len("baton_"):
        return None
    if len(body) != ID_LENGTH + 1 + SECRET_LENGTH + CHECKSUM_LENGTH or body[ID_LENGTH] != "_":
        return None
    body, checksum = body[:-CHECKSUM_LENGTH], body[-CHECKSUM_LENGTH:]
    if not body.isascii() or _checksum(body) != checksum:
        return None
    return Key(id=body[:ID_LENGTH], secret=body[ID_LENGTH + 1 :])


def digest(secret: str, pepper: bytes) -> bytes:
    """What is stored instead of the secret: HMAC-SHA256 under the pepper."""
    return hmac.new(pepper, secret.encode(), hashlib.sha256).digest()


def is_same(secret: str, stored: bytes | None, pepper: bytes) -> bool:
    """Compare in constant time; an unknown id (None) does the same work."""
    return hmac.compare_digest(digest(secret, pepper), stored or bytes(32)) and stored is not None


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _checksum(body: str) -> str:
    number, digits = zlib.crc32(body.encode()), ""
    for _ in range(CHECKSUM_LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return digits
