"""Who does it: whether "we" and "you" are the same people in statement and evidence."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from schemas.source import Side
from service.extract.statement_signs import Signs, stem_of
from service.extract.statement_words import AUXILIARIES, FILLERS, FIRST, PASSIVE, SECOND

SPEAKER, ADDRESSEE = "speaker", "addressee"
PERSONS: Final = dict.fromkeys(FIRST, SPEAKER) | dict.fromkeys(SECOND, ADDRESSEE)
ROLES: Final = {
    Side.VENDOR: {"vendor": SPEAKER, "customer": ADDRESSEE},
    Side.CUSTOMER: {"customer": SPEAKER, "vendor": ADDRESSEE},
}
REACH: Final = 4
"""Words from who does it to what is done."""


def are_actors_kept(stated: Signs, said: Signs, side: Side) -> bool:
    """Whether nobody is said to do what the other was: pronouns, and roles where `side` spoke."""
    own = dict(_actors(stated, PERSONS | ROLES.get(side, {})))
    theirs = dict(_actors(said, PERSONS))
    bound, spoken = _bound(stated, own), _bound(said, theirs)
    if bound and spoken and not bound <= spoken:
        return False
    own_deeds, their_deeds = _deeds(stated, own), _deeds(said, theirs)
    shared = own_deeds.keys() & their_deeds.keys()
    return all(own_deeds[deed] & their_deeds[deed] for deed in shared)


def _actors(signs: Signs, persons: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    return ((at, persons[key]) for at, key in enumerate(signs.keys) if key in persons)


def _bound(signs: Signs, actors: Mapping[int, str]) -> frozenset[str]:
    """Who "will", "can" or "must"; in the passive it is somebody else."""
    return frozenset(who for at, who in actors.items() if _is_bound(signs, at))


def _is_bound(signs: Signs, at: int) -> bool:
    after = signs.keys[at + 1 : at + REACH]
    is_short = signs.keys[at].endswith("'ll")
    has_auxiliary = is_short or bool(after and after[0] in AUXILIARIES)
    return has_auxiliary and PASSIVE.isdisjoint(after)


def _deeds(signs: Signs, actors: Mapping[int, str]) -> Mapping[str, set[str]]:
    """What is done, by its stem, and by whom."""
    deeds: dict[str, set[str]] = defaultdict(set)
    for at, who in actors.items():
        following = (key for key in signs.keys[at + 1 : at + 1 + REACH] if key not in FILLERS)
        deed = next(following, None)
        if deed is not None:
            deeds[stem_of(deed)].add(who)
    return deeds
