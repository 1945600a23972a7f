"""Readers that misbehave, passed to the child by name."""

import os
import signal
import sys
import time

from schemas.source import Kind, Parsed, Utterance
from service.errors import Invalid


def sleeps(data: bytes, **_: object) -> Parsed:
    time.sleep(60)
    raise AssertionError(data)


def spins(data: bytes, **_: object) -> Parsed:
    while True:
        data = data[::-1]


def eats_memory(data: bytes, **_: object) -> Parsed:
    hoard = [bytes(50_000_000) for _ in range(100)]
    raise AssertionError(len(hoard), data)


def recurses(data: bytes, **_: object) -> Parsed:
    return recurses(data)


def dies(data: bytes, **_: object) -> Parsed:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError(data)


def fails(data: bytes, **_: object) -> Parsed:
    raise KeyError(data.decode())


def refuses(data: bytes, **_: object) -> Parsed:
    raise Invalid(f"{len(data)} bytes", field="file", mend="Send another.")


def writes_a_file(data: bytes, **_: object) -> Parsed:
    with open(os.memfd_create("scratch"), "wb", buffering=0) as file:  # noqa: PTH123 - a descriptor
        file.write(data)
    raise AssertionError(data)


def tells_modules(data: bytes, **_: object) -> Parsed:
    names = " ".join(name for name in sys.modules if "." not in name)
    return Parsed(kind=Kind.CALL, format=str(len(data)), utterances=(Utterance(text=names),))
