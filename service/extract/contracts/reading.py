"""What a promise or a clause says, as far as rules can read it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import islice

from service.extract import due
from service.extract.contracts import wording
from service.extract.contracts.figures import Figure, figures_of, rhythms_of
from service.extract.statement_signs import Signs, is_number, stem_of
from service.extract.statement_words import (
    FILLERS,
    MONTHS,
    OPENERS,
    PERIODS,
    UNITS,
    WEEKDAYS,
)

VENDORS = frozenset({"provider", "vendor", "supplier", "licensor", "contractor", "we"})
CUSTOMERS = frozenset({"customer", "client", "buyer", "purchaser", "licensee", "you"})
BOUND = frozenset({"shall", "will", "must"})
MAY = frozenset({"may", "can", "might", "could"})
BELONGS = frozenset({"receive", "be", "have", "get", "obtain", "pay", "access", "use"})
"""What a customer "shall" do and the vendor gives or asks: "shall receive", "shall pay"."""
DATED = frozenset({"iso-date", "calendar-date", "figures", "month-end", "quarter-end", "month-day"})
NAMELESS = frozenset({"gbp", "eur", "usd", "chf", "vat"})
UNTOLD = frozenset[str]().union(
    *(OPENERS, FILLERS, wording.COMMON, MONTHS, PERIODS, WEEKDAYS, UNITS, NAMELESS, {"march"})
)
REACH = 5
ENDS = frozenset(".!?:\n")


class Force(StrEnum):
    """How firmly something is said."""

    BOUND = "bound"
    VAGUE = "vague"
    """Efforts, targets, options, or nobody knows whose "may"."""
    AT_WILL = "at-will"
    """The vendor may, and may not."""


@dataclass(frozen=True)
class Reading:
    """A text in plain words, with what is read in it when it is asked for."""

    text: str
    said_on: date | None = None

    @cached_property
    def plain(self) -> str:
        """The text with the phrases of `wording` put plainly."""
        plain = self.text
        for pattern, instead in wording.PLAINLY:
            plain = pattern.sub(instead, plain)
        return plain

    @cached_property
    def signs(self) -> Signs:
        """What the other parts read in the plain text."""
        return Signs(self.plain)

    @cached_property
    def terms(self) -> frozenset[str]:
        """The words that tell what it is about."""
        return frozenset(
            term_of(key)
            for key in self.signs.keys
            if key[0].isalpha() and not is_number(key) and not _is_untold(key)
        )

    @cached_property
    def names(self) -> frozenset[str]:
        """Products and people by their capital letters inside a sentence, as terms."""
        tokens = self.signs.tokens
        capital = (
            key
            for key, start in zip(tokens.keys[1:], tokens.starts[1:], strict=True)
            if self.plain[start].isupper() and self.plain[max(0, start - 2)] not in ENDS
        )
        return frozenset(map(term_of, capital)) & self.terms

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Its amounts, shares, lengths and counts."""
        return figures_of(self.plain)

    @cached_property
    def rhythms(self) -> frozenset[str]:
        """How often."""
        return rhythms_of(self.plain)

    @cached_property
    def date(self) -> date | None:
        """The one date of the calendar that it names."""
        found = due.resolve(self.text, said_on=self.said_on)
        return found.date if found.rule in DATED else None

    @cached_property
    def is_denied(self) -> bool:
        """Whether it says that something is not so, or not part of it."""
        return self.signs.is_denied or bool(wording.EXCLUDED.search(self.plain))

    @property
    def has_contrast(self) -> bool:
        """Whether a "but" or "except" makes it unsure what a denial is about."""
        return bool(wording.CONTRASTS.search(self.plain))

    @cached_property
    def is_free(self) -> bool:
        """Whether it says that there is nothing to pay."""
        nothing = any(
            one.kind in {"eur", "usd", "gbp", "chf"} and not one.value for one in self.figures
        )
        return "free" in self.signs.words or nothing

    @cached_property
    def is_priced(self) -> bool:
        """Whether it says that there is something to pay."""
        paid = any(one.kind in {"eur", "usd", "gbp", "chf"} and one.value for one in self.figures)
        return paid or bool(wording.PRICED.search(self.plain))

    @property
    def is_unlimited(self) -> bool:
        """Whether it sets no limit."""
        return bool(wording.UNLIMITED.search(self.plain))

    @cached_property
    def force(self) -> Force:
        """How firmly the vendor is held to it."""
        if wording.AT_WILL.search(self.plain):
            return Force.AT_WILL
        may = next((at for at, _ in self._modals(MAY)), None)
        if may is not None:
            who = self._who_before(may)
            forces = {"vendor": Force.AT_WILL, "customer": Force.BOUND}
            return forces.get(who, Force.VAGUE)
        return Force.VAGUE if wording.OPTIONAL.search(self.plain) else Force.BOUND

    @cached_property
    def customer_deeds(self) -> frozenset[str]:
        """What the customer has to do; what it gets or pays by a "shall" is left out."""
        starts = [at for at, _ in self._modals(BOUND) if self._who_before(at) == "customer"]
        if not CUSTOMERS.isdisjoint(self.signs.words):
            starts += [at for at, key in enumerate(self.signs.keys) if key == "responsible"]
        deeds = frozenset(self._deeds(starts))
        return frozenset() if deeds & BELONGS else deeds

    @cached_property
    def denied_deeds(self) -> frozenset[str]:
        """What stands right behind a "not" or a "no"."""
        return frozenset(self._deeds(self.signs.negations))

    @cached_property
    def optional_deeds(self) -> frozenset[str]:
        """What stands right behind a "may"."""
        return frozenset(self._deeds([at for at, _ in self._modals(MAY)]))

    def is_about(self, deeds: frozenset[str]) -> bool:
        """Whether these are deeds of its own, or such as every contract has: to provide."""
        return all(deed in wording.COMMON or term_of(deed) in self.terms for deed in deeds)

    def _deeds(self, starts: Iterable[int]) -> Iterator[str]:
        """The first word behind each that is no filler."""
        for at in starts:
            behind = self.signs.keys[at + 1 : at + 1 + REACH]
            yield from (key for key in behind[:1] if key in BELONGS)
            yield from islice((key for key in behind if _may_be_deed(key)), 1)

    @cached_property
    def is_customers(self) -> bool:
        """Whether it says what the customer may do or has to do: sooner is no better then."""
        return any(self._who_before(at) == "customer" for at, _ in self._modals(BOUND | MAY))

    def _modals(self, kinds: frozenset[str]) -> Iterator[tuple[int, str]]:
        starts = self.signs.tokens.starts
        for at, key in enumerate(self.signs.keys):
            is_month = key == "may" and self.plain[starts[at]] == "M"
            if key in kinds and not is_month:
                yield at, key

    def _who_before(self, at: int) -> str:
        for key in reversed(self.signs.keys[:at]):
            if key in VENDORS:
                return "vendor"
            if key in CUSTOMERS:
                return "customer"
        return ""


def _may_be_deed(key: str) -> bool:
    return key not in FILLERS and key not in {"its", "at", "sole", "own", "discretion", "for"}


def _is_untold(key: str) -> bool:
    """Also "there's" and "we'll" tell nothing."""
    return key in UNTOLD or ("'" in key and key.partition("'")[0] in UNTOLD)


def term_of(key: str) -> str:
    """The word that stands for it, or its first letters."""
    bare = key.removesuffix("'s")
    return wording.ALIKE.get(bare) or stem_of(bare)
