"""Words by which merging tells the matter of a claim from how it is said; data for `reading`."""

from typing import Final

from service.extract.statement_signs import stem_of
from service.extract.statement_words import FILLERS, LEXICONS, OPENERS, OPPOSITES, UNITS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LONG_PLURAL: Final = 4
"""Letters from which a closing s is taken for a plural: "fees", not "gas"."""


def stem(key: str) -> str:
    """What two forms of a word share."""
    is_plural = len(key) >= LONG_PLURAL and key.endswith("s") and not key.endswith("ss")
    found = stem_of(key[:-1] if is_plural else key)
    return SYNONYMS.get(found, found)


SYNONYMS: Final = {"launc": "live", "begin": "start", "began": "start", "kicko": "start"}
"""Stems that name one thing."""

MOVES: Final = _words("""
    move moved moves moving push pushed pushes postpone postponed delay delayed delays slip slipped
    slips shift shifted reschedule rescheduled extend extended changed instead now actually rather
    anymore cancel cancelled canceled cancels bring brings brought
    verschoben verschieben verschiebt stattdessen statt jetzt doch
    reporté repoussé décalé désormais finalement""")
"""They say that something was otherwise before."""
MOVING_PHRASES: Final = (("after", "all"), ("no", "longer"), ("any", "more"), ("nicht", "mehr"))
CORRECTIONS: Final = _words("""
    wrong mistake mistaken mistakenly misspoke incorrect incorrectly correction erroneously
    falsch irrtum irrtümlich versehentlich erreur tort""")
OLD: Final = _words("from of than not was vom von statt du")
"""In front of the day that held before: "from March 3 to June 9"."""

SELF: Final = _words("""
    i i'll i'm i've i'd me my mine myself ich mir mich mein meine meinen je moi mon ma mes""")
"""Somebody speaks for themselves."""
LABELS: Final = _words("""
    phase stage step wave version release sprint milestone module part lot batch tier level option
    item ticket invoice annex section line plant site building room floor group team zone year
    quarter stufe abschnitt teil étape""")
"""A number behind one of these is a name: phase 2."""
ORDINALS: Final = _words("first second third fourth fifth last other another next final")
"""They tell one of a kind from another of it."""
SOFT_TIMES: Final = _words("soon shortly asap possible as in due course immediately straight away")
"""They say no day: nothing can differ from it."""

LIGHT: Final = frozenset(
    stem(key)
    for key in _words("""
    deliver delivered delivering send sent sending ship shipped provide provided give gave given
    include included including cover covered finish finished complete completed done ready make
    made set get got put take taken happen go going gone come keep need want
    confirm confirmed promise promised say said mention mentioned agree agreed discuss discussed
    again recap reminder remind sure great good news please thank thanks hello note noted sorry
    unfortunately thing things date day plan schedule timeline deadline place
    liefern liefert senden schicken geben kommen kommt erst fertig livrer envoyer donner""")
)
"""Stems that every promise may have; they say nothing about its matter."""
DEEDS: Final = frozenset(map(stem, _words("start run build install onboard train test review")))
"""What a sentence about a change may leave out: "the pilot has moved"."""

DIRECTIONS: Final = frozenset(key for pair in OPPOSITES for side in pair for key in side)
PARTLY: Final = frozenset(key for one in LEXICONS.values() for key in one.partly)
WEAK: Final = {
    name: one.weak - _words("plan plans target estimate hope hopes attempt aim aims guess")
    for name, one in LEXICONS.items()
}
REVERSALS: Final = frozenset(key for one in LEXICONS.values() for key in one.reversals)
CONDITIONS: Final = frozenset(
    key for one in LEXICONS.values() for words in one.conditions.values() for key in words
)
WHOLLY: Final = frozenset(key for one in LEXICONS.values() for key in one.wholly)
BARE: Final = (
    (FILLERS | OPENERS | MOVES | CORRECTIONS | REVERSALS | CONDITIONS | WHOLLY | UNITS.keys())
    | _words(
        "can't won't don't doesn't didn't isn't aren't cannot don of as one up down out our us"
    )
    | _words("have having let's it's that's we'll we're we've you'll you're you've okay yes well")
) - (PARTLY | ORDINALS)
"""Words that are no part of the matter."""
