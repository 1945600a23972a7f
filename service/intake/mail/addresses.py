"""Names and addresses as mail writes them, read in linear time.

`email.utils.getaddresses` recurses into nested comments, so a hostile header ends it.
"""

from typing import NamedTuple

_EDGES = " \t\"'“”„,;*"
_CLOSERS = {'"': '"', "<": ">", "(": ")", "[": "]"}


class Address(NamedTuple):
    """One mailbox; the address is case-folded."""

    name: str | None
    email: str | None


def parse_all(text: str) -> tuple[Address, ...]:
    """Every mailbox of a header such as To; the name of a group is dropped."""
    found = (parse_one(part) for part in _parts(text))
    return tuple(each for each in found if each.email or each.name)


def parse_one(text: str) -> Address:
    """`Name <address>`, `address (Name)`, `Name [mailto:address]`, or one of the two alone."""
    found = _parse(text.strip())
    is_repeated = found.name is not None and found.name.casefold() == found.email
    return Address(None, found.email) if is_repeated else found


def _parse(text: str) -> Address:
    for opener in "<[(":
        head, found, tail = text.partition(opener)
        inside = tail.partition(_CLOSERS[opener])[0].strip()
        email = _address(inside)
        if found and email:
            return Address(_name(head) or None, email)
    head, _, tail = text.partition("(")
    if email := _address(head):
        return Address(_name(tail.partition(")")[0]) or None, email)
    alone = next(filter(None, map(_address, text.split())), None) if "@" in text else None
    return Address(None if alone else _name(text) or None, alone)


def _address(text: str) -> str | None:
    bare = text.strip(_EDGES + "<>").removeprefix("mailto:").casefold()
    local, _, domain = bare.partition("@")
    is_one = bool(local and domain) and not any(char.isspace() for char in bare)
    return bare if is_one and "<" not in bare else None


def _name(text: str) -> str:
    return " ".join(text.replace("\\", "").split()).strip(_EDGES)


def _parts(text: str) -> list[str]:
    """Cut at commas and semicolons that stand outside quotes, comments and brackets."""
    parts, start, closer = list[str](), 0, ""
    for at, char in enumerate(text):
        if closer:
            closer = "" if char == closer else closer
        elif char in ",;":
            parts.append(text[start:at])
            start = at + 1
        elif char == ":":
            start = at + 1
        else:
            closer = _CLOSERS.get(char, "")
    return [*parts, text[start:]]
