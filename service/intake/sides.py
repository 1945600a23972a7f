"""Who speaks for whom, decided in one place. Unknown is an answer: a wrong side is not."""

from collections.abc import Iterable
from typing import NamedTuple

from schemas.source import Participant, Side, StatedParticipant, Turn, Utterance
from service.intake import names
from service.intake.freemail import FREE_MAIL

UNKNOWN_RULE = "unknown"


class _Who(NamedTuple):
    name: str | None
    email: str | None
    stated_side: Side | None = None


class _Known(NamedTuple):
    """All that is known beside the talk itself."""

    stated: tuple[StatedParticipant, ...]
    named: tuple[StatedParticipant, ...]
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
) -> tuple[tuple[Participant, ...], tuple[Turn, ...]]:
    """Everybody with a side and the rule that gave it; the uploader's word stands above all."""
    known = _known(utterances, tuple(stated), tuple(named), vendor_domains, tuple(vendor_names))
    speakers = {one: _speaker(one, known) for one in dict.fromkeys(map(_who, utterances))}
    verdicts = {one: _verdict(who, known) for one, who in speakers.items()}
    turns = tuple(_turn(at, one, verdicts[_who(one)]) for at, one in enumerate(utterances))
    spoke = [(who, verdicts[one]) for one, who in speakers.items() if who.name or who.email]
    silent = [(who, _verdict(who, known)) for who in _silent(speakers.values(), known)]
    return _participants([*spoke, *silent]), turns


def _known(
    utterances: tuple[Utterance, ...],
    stated: tuple[StatedParticipant, ...],
    named: tuple[StatedParticipant, ...],
    vendor_domains: Iterable[str],
    vendor_names: tuple[str, ...],
) -> _Known:
    said = {one.speaker for one in utterances} | {one.name for one in (*stated, *named)}
    suffixes = [org for name in said if name for org in names.organisations(name)]
    return _Known(
        stated=stated,
        named=named,
        vendor_domains=frozenset(domain.casefold().lstrip("@.") for domain in vendor_domains),
        vendor_names=vendor_names,
        vendor_is_here=any(names.is_vendor(org, vendor_names) for org in suffixes),
    )


def _who(one: Utterance) -> _Who:
    return _Who(one.speaker, one.email, one.stated_side)


def _speaker(who: _Who, known: _Known) -> _Who:
    """With the address that the file or the uploader gives to that name."""
    if who.email:
        return who
    matches = [*_matching(who, known.stated), *_matching(who, known.named)]
    emails = {one.email.casefold(): one.email for one in matches if one.email}
    return who._replace(email=next(iter(emails.values()))) if len(emails) == 1 else who


def _matching(who: _Who, people: tuple[StatedParticipant, ...]) -> list[StatedParticipant]:
    """By e-mail, else by name."""
    by_email = [one for one in people if _same(one.email, who.email)]
    return by_email or [
        one
        for one in people
        if _same(one.name, who.name) and (one.email is None or who.email is None)
    ]


def _same(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return False
    return one.casefold().split() == other.casefold().split() != []


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


def _by_people(who: _Who, people: tuple[StatedParticipant, ...], rule: str) -> _Verdict | None:
    """What is said of this person; two namesakes on two sides leave it open."""
    sides = {one.side for one in _matching(who, people) if one.side is not None}
    return _Verdict(sides.pop(), rule) if len(sides) == 1 else None


def _by_file(who: _Who, known: _Known) -> _Verdict | None:
    if who.stated_side is not None:
        return _Verdict(who.stated_side, "file")
    return _by_people(who, known.named, "file")


def _by_label(who: _Who) -> _Verdict | None:
    side = names.label_side(who.name) if who.name else None
    return _Verdict(side, "label") if side else None


def _shared(who: _Who) -> _Verdict | None:
    return _UNKNOWN if who.name and names.is_shared(who.name) else None


def _by_domain(who: _Who, known: _Known) -> _Verdict | None:
    """Subdomains count; without vendor domains a business domain proves nothing."""
    domain = (who.email or "").rpartition("@")[2].casefold().rstrip(".")
    if not domain or not known.vendor_domains:
        return None
    if any(domain == own or domain.endswith(f".{own}") for own in known.vendor_domains):
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
        text=one.text,
    )


def _silent(spoke: Iterable[_Who], known: _Known) -> list[_Who]:
    """Named by the file or the uploader, and never heard."""
    found: list[_Who] = list(spoke)
    heard = len(found)
    for one in (*known.stated, *known.named):
        if not (one.name or one.email):
            continue
        if not any(_is_person(who, one) for who in found):
            found.append(_Who(one.name, one.email))
    return found[heard:]


def _is_person(who: _Who, one: StatedParticipant) -> bool:
    if one.email and who.email:
        return _same(one.email, who.email)
    return _same(one.name, who.name)


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
