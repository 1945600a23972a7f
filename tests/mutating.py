"""Damage to files: to their bytes, to their lines, and to the values of their JSON."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from random import Random
from typing import Any

Place = tuple[Any, Any]
"""A container of a JSON value, and the key or the index in it."""

_NOISE = (b"\x00", b"\xff", b"-->", b"<v ", b"\r", b"\n\n", b'"', b"{", b"]", b":", b"9" * 30)
_ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 10**18, -(10**30), 1.5e300, 1e-300, "", " ", "\u202e", "x" * 2_000),
    *([], {}, [[]], {"": ""}, "NaN", "1e5", "00:00:99999", "Infinity", float("nan"), float("inf")),
)
_DEPTHS = (1, 3, 70)


def mutate(data: bytes, chance: Random) -> bytes:
    """The file with some damage; JSON is mostly damaged where it means something."""
    value = _as_json(data)
    if value is not None and chance.random() < 0.7:
        for _ in range(chance.randint(1, 4)):
            value = chance.choice(_OF_JSON)(value, chance)
        return json.dumps(value, ensure_ascii=chance.random() < 0.5).encode(
            "utf-8", "surrogatepass"
        )
    for _ in range(chance.randint(1, 3)):
        data = chance.choice(_OF_BYTES)(data, chance)
    return data


def _as_json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        return None


def _span(data: bytes, chance: Random) -> tuple[int, int]:
    """A place, and another one at most a fifth of the file behind it."""
    start = chance.randint(0, len(data))
    return start, start + chance.randint(0, max(len(data) // 5, 1))


def _flip(data: bytes, chance: Random) -> bytes:
    found = bytearray(data)
    for _ in range(chance.randint(1, 8) if data else 0):
        found[chance.randrange(len(found))] = chance.randint(0, 255)
    return bytes(found)


def _cut_end(data: bytes, chance: Random) -> bytes:
    return data[: chance.randint(0, len(data))]


def _cut_out(data: bytes, chance: Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def _double(data: bytes, chance: Random) -> bytes:
    start, end = _span(data, chance)
    return data[:end] + data[start:]


def _insert(data: bytes, chance: Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(_NOISE) * chance.choice((1, 1, 50)) + data[at:]


def _move_lines(data: bytes, chance: Random) -> bytes:
    lines = data.split(b"\n")
    for _ in range(chance.randint(1, 6)):
        lines.insert(chance.randint(0, len(lines) - 1), lines.pop(chance.randrange(len(lines))))
    return b"\n".join(lines)


def _join_lines(data: bytes, chance: Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[start:end].replace(b"\n", b" ") + data[end:]


def _recode(data: bytes, chance: Random) -> bytes:
    return data.decode("utf-8", "replace").encode(chance.choice(("utf-16", "cp1252")), "replace")


_OF_BYTES: tuple[Callable[[bytes, Random], bytes], ...] = (
    *(_flip, _cut_end, _cut_out, _double, _insert, _move_lines, _join_lines, _recode),
)


def _places(value: Any) -> Iterator[Place]:
    """Every key and index, from the top down."""
    keys = value if isinstance(value, dict) else range(len(value) if isinstance(value, list) else 0)
    for key in keys:
        yield value, key
        yield from _places(value[key])


def _place(value: Any, chance: Random) -> Place:
    """Near the top as often as in the depth, where nearly all places are."""
    found = list(_places(value)) or [([value], 0)]
    return chance.choice(found[: chance.choice((12, len(found)))])


def _drop(value: Any, chance: Random) -> Any:
    held, key = _place(value, chance)
    del held[key]
    return value


def _replace(value: Any, chance: Random) -> Any:
    held, key = _place(value, chance)
    held[key] = deepcopy(chance.choice(_ODD))
    return value


def _as_text(value: Any, chance: Random) -> Any:
    held, key = _place(value, chance)
    held[key] = held[key] if isinstance(held[key], str) else json.dumps(held[key])
    return value


def _nest(value: Any, chance: Random) -> Any:
    held, key = _place(value, chance)
    for _ in range(chance.choice(_DEPTHS)):
        held[key] = [held[key]] if chance.random() < 0.5 else {"data": held[key]}
    return value


def _swap(value: Any, chance: Random) -> Any:
    held, key = _place(value, chance)
    other, place = _place(value, chance)
    one, two = json.dumps(held[key]), json.dumps(other[place])
    held[key], other[place] = json.loads(two), json.loads(one)
    return value


def _repeat(value: Any, chance: Random) -> Any:
    held, key = _place(value, chance)
    if isinstance(held[key], list):
        held[key] = [deepcopy(one) for one in held[key] * chance.choice((2, 3))]
    return value


def _all_alike(value: Any, chance: Random) -> Any:
    """One key everywhere: gone, or with an odd value."""
    _, wanted = _place(value, chance)
    odd = chance.choice(_ODD)
    for held, key in [one for one in _places(value) if one[1] == wanted]:
        held[key] = deepcopy(odd)
    return value


def _wrap(value: Any, chance: Random) -> Any:
    body = {chance.choice(("body", "payload", "data")): value}
    return chance.choice((body, [body], json.dumps(value), [value]))


_OF_JSON: tuple[Callable[[Any, Random], Any], ...] = (
    *(_drop, _replace, _as_text, _nest, _swap, _repeat, _all_alike, _wrap),
)


def enlarge(data: bytes, size: int) -> bytes:
    """The same many times over: the longest list of its JSON, else the whole file."""
    value = _as_json(data)
    if value is None:
        return data * max(size // max(len(data), 1), 1)
    lists = [one for one in _all(value) if isinstance(one, list)]
    longest = max(lists, key=lambda one: len(json.dumps(one)), default=[])
    longest *= max(size // max(len(json.dumps(longest)), 1), 1)
    return json.dumps(value).encode()


def _all(value: Any) -> Iterator[Any]:
    yield value
    yield from (held[key] for held, key in _places(value))
