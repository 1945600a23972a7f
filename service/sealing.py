"""Secrets of others, closed before they are stored: AES-256-GCM, bound to what they belong to."""

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from service.errors import Unavailable

VERSION: Final = b"\x01"
_NONCE: Final = 12
_KEY: Final = 32


class SealBroken(Unavailable):
    """What was stored was closed under another BATON_SECRET_KEY, elsewhere, or was altered."""

    def __init__(self) -> None:
        super().__init__(
            "A stored secret cannot be opened.",
            mend="Start with the BATON_SECRET_KEY under which it was stored.",
        )


class Seal:
    """The one key of an installation, which stands in no database."""

    def __init__(self, secret: bytes) -> None:
        derived = HKDF(SHA256(), _KEY, salt=None, info=b"baton sealed secrets").derive(secret)
        self._cipher = AESGCM(derived)

    def close(self, text: str, *, owner: str) -> bytes:
        """As it may be stored; `owner` names the row and has to be named again to open it."""
        nonce = os.urandom(_NONCE)
        return VERSION + nonce + self._cipher.encrypt(nonce, text.encode(), owner.encode())

    def open(self, sealed: bytes, *, owner: str) -> str:
        """The text; raises SealBroken."""
        if sealed[:1] != VERSION:
            raise SealBroken
        nonce, closed = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        try:
            return self._cipher.decrypt(nonce, closed, owner.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise SealBroken from error
