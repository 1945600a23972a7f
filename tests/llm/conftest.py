from collections.abc import Iterator

import pytest
from asked_model import SAID, Rows
from scripted_model import scripted
from scripted_talk import Scripted


@pytest.fixture
def provider() -> Iterator[Scripted]:
    """It replies with what these tests ask for, unless the model's name says otherwise."""
    with scripted(lambda _: SAID) as running:
        yield running


@pytest.fixture
def rows() -> Rows:
    return Rows()
