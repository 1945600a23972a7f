"""Words that change what a statement says, by language; data for `statement_signs`.

A spelling stands only in the language where it means that: English `falls` is no German `falls`.
"""

from dataclasses import dataclass
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split()) for line in text.strip().splitlines())


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What one language needs."""

    weak: frozenset[str]
    """It may not happen."""
    sure: frozenset[str]
    """It is held to happen, whatever comes."""
    wholly: frozenset[str]
    partly: frozenset[str]
    conditions: dict[str, frozenset[str]]
    """Words by what the condition is."""
    reversals: frozenset[str]
    """Verbs that deny what follows, as a "not" would, and are no negations of the gate."""


ENGLISH: Final = Lexicon(
    weak=_words("""
        might may maybe perhaps possibly probably likely potentially could would should ought try
        tries trying tried attempt attempts hope hopes hoping hopefully aim aims aiming plan plans
        planning planned intend intends expect expects expecting consider considering think
        thinks believe believes guess suppose ideally tentative tentatively tentatively target
        targeting estimate estimated explore exploring endeavour endeavor"""),
    sure=_words("""
        guarantee guarantees guaranteed ensure ensures ensured definitely certainly certain
        undoubtedly must required always assure assured binding contractually obliged obligated"""),
    wholly=_words("""
        all every each always everyone everybody everything entire entirely whole fully complete
        completely unlimited forever permanently permanent any anyone anything"""),
    partly=_words("""
        some most many few several part partly partially mostly usually often sometimes generally
        typically half limited mainly largely"""),
    conditions={
        "if": _words("if provided providing assuming depending depends contingent subject"),
        "unless": _words("unless except excluding"),
        "until": _words("until till til"),
        "only": _words("only solely exclusively"),
        "when": _words("when whenever once"),
    },
    reversals=_words("""
        fail failed fails failing failure decline declined declines reject
        rejected rejects cancel cancelled canceled cancels stopped stops avoid avoids prevent
        prevents lack lacks lacked lacking exclude excludes excluded deny denied denies waive
        waived waives disable disabled"""),
)
GERMAN: Final = Lexicon(
    weak=_words("""
        könnte könnten könntest vielleicht möglicherweise eventuell wahrscheinlich vermutlich
        voraussichtlich versuche versuchen versucht sollte sollten dürfte dürften würde würden
        hoffe hoffen hoffentlich plane planen geplant glaube glauben denke denken mag möglichst"""),
    sure=_words("""
        garantiere garantieren garantiert definitiv sicher bestimmt muss müssen verbindlich zwingend
        immer zusichern"""),
    wholly=_words("alle allen aller alles jede jeder jedes jeden immer ganz komplett unbegrenzt"),
    partly=_words("einige manche mehrere teilweise meistens oft manchmal teils überwiegend"),
    conditions={
        "if": _words("wenn falls sofern vorausgesetzt"),
        "unless": _words("außer ausgenommen"),
        "until": _words("bis"),
        "only": _words("nur ausschließlich"),
        "when": _words("sobald"),
    },
    reversals=_words("gescheitert scheiterte fehlgeschlagen verweigert abgelehnt storniert"),
)
FRENCH: Final = Lexicon(
    weak=_words("""
        pourrait pourraient pourrions pourrais peut-être peut être probablement éventuellement
        essayer essaierons essaie essayons devrait devrions devraient espère espérons serait
        aimerions prévu prévoyons pense pensons crois croyons"""),
    sure=_words("garantis garantissons garantit garanti certainement toujours doit devons"),
    wholly=_words("tous toutes tout toute chaque toujours entièrement illimité"),
    partly=_words("certains certaines quelques plusieurs partiellement souvent parfois plupart"),
    conditions={
        "if": _words("si réserve condition"),
        "unless": _words("sauf excepté"),
        "until": _words("jusque jusqu'à jusqu'au jusqu'en"),
        "only": _words("seulement uniquement"),
        "when": _words("quand lorsque dès"),
    },
    reversals=_words("échoué refusé annulé rejeté"),
)
NOTHING: Final = Lexicon(frozenset(), frozenset(), frozenset(), frozenset(), {}, frozenset())
"""Of a language without lists: then numbers, names and negation are what is compared."""
LEXICONS: Final = {"english": ENGLISH, "german": GERMAN, "french": FRENCH}

NOUNS: Final = _words("plan plans target estimate hope hopes attempt aim aims guess expects")
"""Weak words that are weak only as verbs: "we plan to", but not "the plan"."""
VERB_BEHIND: Final = _words("to on that")
DETERMINERS: Final = _words("a an the this that our your my his her their its each every no any")
WILL: Final = _words("will shall i'll we'll you'll they'll he'll she'll it'll promise promises")
CAN: Final = _words("can could able")
NEED: Final = _words("must required require requires need needs has have want wants")
NEEDED: Final = _words("must required")
"""What `has to` backs, and what may not be dropped."""
TIMES: Final = _words("after upon at during since")
"""They may stand for a `when`."""
LITERAL: Final = _words("free unlimited forever permanent permanently")
"""They give so much away that no other word stands for them."""
FIRST: Final = _words("i we i'll we'll i'm we're i've we've i'd we'd")
SECOND: Final = _words("you you'll you're you've you'd")
AUXILIARIES: Final = _words("will shall can must should might may could won't can't cannot")
PASSIVE: Final = _words("be get been")
PASTS: Final = {
    "send": "sent",
    "build": "built",
    "pay": "paid",
    "give": "gave",
    "make": "made",
    "do": "did",
    "get": "got",
    "write": "wrote",
    "set": "set",
    "bring": "brought",
    "find": "found",
    "tell": "told",
    "take": "took",
    "begin": "began",
    "run": "ran",
}
"""Of verbs that do not end in -ed."""

COMPARISONS: Final = {
    "least": _phrases("at least\nminimum\nno less than\nno fewer than\nnot less than\nor more"),
    "most": _phrases(
        "at most\nmaximum\nup to\nno more than\nnot more than\nor less\nor fewer\nwithin"
    ),
    "more": _phrases("more than\nover\nabove\ngreater than\nexceeding\nhigher than"),
    "less": _phrases("less than\nfewer than\nunder\nbelow\nlower than"),
    "near": _phrases("about\naround\nroughly\napproximately\nnearly\nalmost\ncirca"),
    "before": _phrases("by\nbefore\nno later than\nuntil"),
    "after": _phrases("after\nsince\nfrom\nno earlier than\nstarting"),
}
"""Words that say on which side of a number or a date; longer phrases win over shorter ones."""
BEHIND: Final = frozenset((("or", "more"), ("or", "less"), ("or", "fewer")))
"""They stand behind their number."""

NUMBER_WORDS: Final = _words("""
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
    thousand million billion dozen half double twice triple third quarter
    zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig
    hundert tausend million millionen doppelt hälfte
    deux trois quatre cinq sept huit neuf dix onze douze quinze vingt trente quarante cinquante
    cent mille double moitié""")
MAGNITUDES: Final = frozenset(("k", "thousand", "million", "billion"))
UNITS: Final = {
    spelling: unit
    for unit, spellings in {
        "second": "second seconds",
        "minute": "minute minutes min mins minuten",
        "hour": "hour hours hrs stunde stunden heure heures",
        "day": "day days tag tage tagen jour jours",
        "week": "week weeks woche wochen semaine semaines",
        "month": "month months monat monate monaten mois",
        "quarter": "quarter quarters quartal quartale",
        "year": "year years jahr jahre jahren ans année années",
        "percent": "percent pct prozent",
        "k": "k",
        "thousand": "thousand tausend mille",
        "million": "million millions millionen",
        "billion": "billion billions milliarden",
        "dollar": "dollar dollars usd",
        "euro": "euro euros eur",
        "pound": "pound pounds gbp",
        "am": "am a.m",
        "pm": "pm p.m",
    }.items()
    for spelling in spellings.split()
}
WEEKDAYS: Final = _words("""
    monday tuesday wednesday thursday friday saturday sunday
    montag dienstag mittwoch donnerstag freitag samstag sonntag
    lundi mardi mercredi jeudi vendredi samedi dimanche""")
MONTHS: Final = _words("""
    january february april june july august september october november december
    januar februar märz april juni juli oktober dezember
    janvier février mars avril juin juillet août septembre octobre novembre décembre""")
CAPITAL_MONTHS: Final = _words("May March Mai Mars")
"""Months only with a capital letter."""
DAY_WORDS: Final = _words("""
    today tomorrow tonight yesterday weekend
    heute morgen gestern demain hier aujourd'hui""")
WHICH: Final = _words("this next last following coming")
"""In front of a period: "next week" is not "this week"."""
PERIODS: Final = _words("""
    hourly daily weekly biweekly fortnightly monthly quarterly yearly annual annually
    täglich wöchentlich monatlich jährlich mensuel annuel hebdomadaire""")

OPPOSITES: Final = tuple(
    tuple(_words(side) for side in line.split("|"))
    for line in (
        "increase increases increased rose rises grew | decrease decreases decreased fell dropped",
        "up | down",
        "higher more | lower less fewer",
        "faster | slower",
        "before | after",
        "include includes included including | exclude excludes excluded excluding",
        "accept accepts accepted | reject rejects rejected decline declined refuse refused",
        "start starts started begin begins began | stop stops stopped end ends ended",
        "cheaper | dearer pricier costlier",
        "won win wins | lost lose loses",
        "gain gains gained | lose loses lost",
        "first | last",
        "internal | external",
        "open opens opened | close closes closed",
        "pass passes passed | fail fails failed",
        "with | without",
        "best | worst",
        "buy buys bought | sell sells sold",
    )
)
"""Words of one side may not stand for words of the other."""

OPENERS: Final = _words("""
    a an the this that these those there here it its he she they we you i our their your my his her
    who what when where which while if unless until once only because since as after before during
    for from to in on at by with without within no not none nobody nothing never all each every
    both any some most many more less and or but so then also customer customers vendor vendors
    client clients buyer seller supplier team teams support sales
    der die das den dem ein eine einen einer wir sie ich er es man kein keine nicht wenn falls bis
    nach vor für mit ohne im in am an auf bei zu zur zum alle jede jeder kunde kunden anbieter
    le la les l un une des nous vous ils elles on il elle je ce cette ces notre votre leur si sans
    avec pour dans en à au aux chaque tous toutes client cliente fournisseur vendeur""")
"""Capital letters at the start of a sentence say nothing about these."""
PLAIN_CAPITALS: Final = _words("i i'm i'll i've i'd ok okay mr mrs ms dr")
FILLERS: Final = _words("""
    be been being is are was were am do does did have has had will would can could shall should
    may might must to a an the that this it them us you me we i they he she our your any ever yet
    also just really even longer more only going able get got""")
"""Between a "not" and what it denies."""
