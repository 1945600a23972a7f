"""Who speaks for whom, decided in one place. Unknown is an answer: a wrong side is not."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from schemas.source import Participant, Side, StatedParticipant, Turn, Utterance
from service.intake import internal, names
from service.intake.freemail import FREE_MAIL
from service.intake.people import People, Present

UNKNOWN_RULE = "unknown"
_FILE_RULE = "file"
"""Of a file that names no field; a tool's own field is `gong:affiliation` and the like."""


class _Who(NamedTuple):
    name: str | None
    email: str | None
    stated_side: Side | None = None
    side_hint: str | None = None


class _Known(NamedTuple):
    """All that is known beside the talk itself."""

    stated: People
    named: People
    vendor_domains: frozenset[str]
    vendor_names: tuple[str, ...]
    vendor_is_here: bool
    """Somebody in the source carries a vendor name."""


class _Verdict(NamedTuple):
    side: Side
    rule: str


_UNKNOWN = _Verdict(Side.UNKNOWN, UNKNOWN_RULE)


def decide(
    utterances: tuple[Utterance, ...],
    *,
    stated: Iterable[StatedParticipant],
    named: Iterable[StatedParticipant],
    vendor_domains: Iterable[str],
    vendor_names: Iterable[str],
    recorded_by: str | None = None,
) -> tuple[tuple[Participant, ...], tuple[Turn, ...]]:
    """Everybody with a side and the rule that gave it; the uploader's word stands above all."""
    domains = frozenset(domain.casefold().lstrip("@.") for domain in vendor_domains)
    if _is_stranger(recorded_by, domains):
        named = [one.model_copy(update={"side": None}) for one in named]
        utterances = tuple(replace(one, stated_side=None) for one in utterances)
    known = _known(utterances, tuple(stated), tuple(named), domains, tuple(vendor_names))
    speakers = {one: _speaker(one, known) for one in dict.fromkeys(map(_who, utterances))}
    verdicts = {one: _verdict(who, known) for one, who in speakers.items()}
    turns = tuple(_turn(at, one, verdicts[_who(one)]) for at, one in enumerate(utterances))
    spoke = [(who, verdicts[one]) for one, who in speakers.items() if who.name or who.email]
    silent = [(who, _verdict(who, known)) for who in _silent(speakers.values(), known)]
    participants = _participants([*spoke, *silent])
    return participants, internal.mark(turns, utterances, participants)


def is_from_file(rule: str) -> bool:
    """Whether the file stated the side, so that it stands when sides are decided again."""
    return rule == _FILE_RULE or ":" in rule


def is_within(domain: str, domains: Iterable[str]) -> bool:
    """One of them, or below one."""
    return any(domain == own or domain.endswith(f".{own}") for own in domains)


def domain_of(email: str | None) -> str:
    """The domain of an address; empty where there is none."""
    return (email or "").rpartition("@")[2].casefold().rstrip(".")


def _is_stranger(recorded_by: str | None, vendor_domains: frozenset[str]) -> bool:
    """Somebody of another company recorded it: whom they call internal is not the vendor's."""
    domain = domain_of(recorded_by)
    if not domain or domain in FREE_MAIL or not vendor_domains:
        return False
    return not is_within(domain, vendor_domains)


def _known(
    utterances: tuple[Utterance, ...],
    stated: tuple[StatedParticipant, ...],
    named: tuple[StatedParticipant, ...],
    vendor_domains: frozenset[str],
    vendor_names: tuple[str, ...],
) -> _Known:
    """A company whose people the file calls the vendor's is the vendor."""
    own = {domain_of(one.email) for one in named if one.side is Side.VENDOR}
    own |= {domain_of(one.email) for one in utterances if one.stated_side is Side.VENDOR}
    said = {one.speaker for one in utterances} | {one.name for one in (*stated, *named)}
    suffixes = [org for name in said if name for org in names.organisations(name)]
    return _Known(
        stated=People(stated),
        named=People(named),
        vendor_domains=vendor_domains | (own - FREE_MAIL - {""}),
        vendor_names=vendor_names,
        vendor_is_here=any(names.is_vendor(org, vendor_names) for org in suffixes),
    )


def _who(one: Utterance) -> _Who:
    return _Who(one.speaker, one.email, one.stated_side, one.side_hint)


def _speaker(who: _Who, known: _Known) -> _Who:
    """With the address that the file or the uploader gives to that name."""
    if who.email:
        return who
    matches = [*known.stated.matching(who), *known.named.matching(who)]
    emails = {one.email.casefold(): one.email for one in matches if one.email}
    return who._replace(email=next(iter(emails.values()))) if len(emails) == 1 else who


def _verdict(who: _Who, known: _Known) -> _Verdict:
    """The first rule that applies."""
    return (
        _by_people(who, known.stated, "stated")
        or _by_file(who, known)
        or _by_label(who)
        or _shared(who)
        or _by_domain(who, known)
        or _by_display_name(who, known)
        or _UNKNOWN
    )


def _by_people(who: _Who, people: People, rule: str) -> _Verdict | None:
    """What is said of this person; two namesakes on two sides leave it open."""
    said = {one.side: one.side_hint or rule for one in people.matching(who) if one.side}
    return _Verdict(*said.popitem()) if len(said) == 1 else None


def _by_file(who: _Who, known: _Known) -> _Verdict | None:
    if who.stated_side is not None:
        return _Verdict(who.stated_side, who.side_hint or _FILE_RULE)
    return _by_people(who, known.named, _FILE_RULE)


def _by_label(who: _Who) -> _Verdict | None:
    side = names.label_side(who.name) if who.name else None
    return _Verdict(side, "label") if side else None


def _shared(who: _Who) -> _Verdict | None:
    return _UNKNOWN if who.name and names.is_shared(who.name) else None


def _by_domain(who: _Who, known: _Known) -> _Verdict | None:
    """Subdomains count; without a vendor's domain a business domain proves nothing."""
    domain = domain_of(who.email)
    if not domain or not known.vendor_domains:
        return None
    if is_within(domain, known.vendor_domains):
        return _Verdict(Side.VENDOR, "email-domain")
    return None if domain in FREE_MAIL else _Verdict(Side.CUSTOMER, "email-domain")


def _by_display_name(who: _Who, known: _Known) -> _Verdict | None:
    """Another organisation is the customer only where the vendor is known and in the talk."""
    found = names.organisations(who.name) if who.name else ()
    if any(names.is_vendor(org, known.vendor_names) for org in found):
        return _Verdict(Side.VENDOR, "display-name")
    others = known.vendor_is_here and bool(found)
    if others and all(names.is_other(org, known.vendor_names) for org in found):
        return _Verdict(Side.CUSTOMER, "display-name")
    return None


def _turn(at: int, one: Utterance, verdict: _Verdict) -> Turn:
    return Turn(
        turn=at,
        speaker=one.speaker or one.email,
        side=verdict.side,
        side_rule=verdict.rule,
        start_s=one.start_s,
        end_s=one.end_s,
        sent_at=one.sent_at,
        is_quoted=one.is_quoted,
        text=one.text,
    )


def _silent(spoke: Iterable[_Who], known: _Known) -> list[_Who]:
    """Named by the file or the uploader, and never heard."""
    present = Present(spoke)
    found = []
    for one in (*known.stated.listed, *known.named.listed):
        if (one.name or one.email) and not present.holds(one):
            found.append(_Who(one.name, one.email))
            present.add(one)
    return found


def _participants(people: list[tuple[_Who, _Verdict]]) -> tuple[Participant, ...]:
    """One a person; somebody whose turns got two sides is unknown here."""
    verdicts: dict[tuple[str | None, str | None], set[_Verdict]] = {}
    for who, verdict in people:
        verdicts.setdefault((who.name, who.email), set()).add(verdict)
    return tuple(
        Participant(name=name, email=email, side=one.side, side_rule=one.rule)
        for (name, email), found in verdicts.items()
        for one in [found.pop() if len(found) == 1 else _UNKNOWN]
    )
