"""Whether several mails are one thread: by the ids they name, else by subject."""

from collections.abc import Sequence

from service.errors import SeveralThreads
from service.intake.mail import subjects
from service.intake.mail.headers import Headers


def require(headers: Sequence[Headers]) -> None:
    """Raise SeveralThreads where the mails fall apart into more than one."""
    count = len(set(_groups(headers)))
    if count > 1:
        raise SeveralThreads(
            f"The file holds {len(headers)} messages of {count} threads.",
            field="file",
            mend="Send each thread by itself, or take the file in with `baton ingest`.",
        )


def _groups(headers: Sequence[Headers]) -> list[int]:
    """For each mail the number of its thread; two mails that share a name are in one."""
    group = list(range(len(headers)))
    seen: dict[str, int] = {}
    for at, one in enumerate(headers):
        for name in _names(one):
            _join(group, at, seen.setdefault(name, at))
    return [_top(group, at) for at in range(len(headers))]


def _names(one: Headers) -> list[str]:
    subject = subjects.bare(one.subject)
    own = [f"id {one.message_id}"] if one.message_id else []
    about = [f"subject {subject}"] if subject else []
    return [*own, *(f"id {each}" for each in one.references), *about]


def _top(group: list[int], at: int) -> int:
    while group[at] != at:
        group[at] = group[group[at]]
        at = group[at]
    return at


def _join(group: list[int], one: int, other: int) -> None:
    group[_top(group, one)] = _top(group, other)
