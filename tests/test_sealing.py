"""What is closed opens for its owner and under its key, and in no other way."""

import pytest

from service.sealing import Seal, SealBroken

SEAL = Seal(b"a key of an installation")


def test_a_secret_comes_back() -> None:
    sealed = SEAL.close("whsec_ü", owner="hook 1")
    assert b"whsec" not in sealed
    assert SEAL.open(sealed, owner="hook 1") == "whsec_ü"
    assert SEAL.close("whsec_ü", owner="hook 1") != sealed


@pytest.mark.parametrize("at", [0, 1, 13, -1])
def test_altered_it_stays_closed(at: int) -> None:
    sealed = bytearray(SEAL.close("secret", owner="hook 1"))
    sealed[at] ^= 1
    with pytest.raises(SealBroken):
        SEAL.open(bytes(sealed), owner="hook 1")


def test_moved_to_another_row_it_stays_closed() -> None:
    sealed = SEAL.close("secret", owner="hook 1")
    with pytest.raises(SealBroken):
        SEAL.open(sealed, owner="hook 2")
    with pytest.raises(SealBroken):
        Seal(b"another key").open(sealed, owner="hook 1")
    with pytest.raises(SealBroken):
        SEAL.open(b"", owner="hook 1")
