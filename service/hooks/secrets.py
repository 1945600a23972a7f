"""A secret as its text, and the key that the sender makes of it."""

import base64
import binascii
import hmac
from typing import Final

from service.errors import SecretUnusable

PREFIX: Final = "whsec_"


def unusable(detail: str) -> SecretUnusable:
    """Said when a secret is set, not when calls fail."""
    mend = "Copy it from the settings of the provider; docs/connect shows where it stands."
    return SecretUnusable(detail, field="secret", mend=mend)


def plain(secret: str) -> bytes:
    """The text itself."""
    return secret.encode()


def decoded(secret: str) -> bytes:
    """The bytes that Base64 stands for, with or without `whsec_` in front."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError) as error:
        raise unusable("The secret of this provider is Base64.") from error
    if not key:
        raise unusable("The secret is empty.")
    return key


def is_same(expected: str, sent: str) -> bool:
    """Compared in a time that tells nothing of where they differ."""
    return hmac.compare_digest(raw(expected), raw(sent))


def raw(text: str) -> bytes:
    """Its bytes; a form may hold any character, also half of one."""
    return text.encode("utf-8", "surrogatepass")
