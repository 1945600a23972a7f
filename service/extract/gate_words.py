"""Words that the rule of the cut negation goes by, as token keys; data, a language a line."""

from dataclasses import dataclass
from typing import Final


def _words(text: str) -> frozenset[str]:
    """As token keys are: folded, so that a final sigma is a sigma."""
    return frozenset(text.casefold().split())


NEGATIONS: Final = _words("""
    not never no none nobody nothing nowhere neither nor without cannot hardly scarcely rarely
    seldom unable impossible unlikely refuse refuses refused nope nah
    dont doesnt didnt cant wont isnt arent wasnt werent wouldnt couldnt shouldnt havent hasnt hadnt
    aint mustnt neednt
    nicht nichts nie niemals niemand niemanden niemandem nirgends kein keine keinen keinem keiner
    keines ohne weder kaum nein keinesfalls keineswegs
    ne pas jamais rien aucun aucune aucunement sans ni non nullement
    nunca jamás nada nadie ninguno ninguna ningún ningun sin tampoco
    mai niente nulla nessuno nessuna nessun né senza neanche nemmeno neppure
    não nao nunca jamais ninguém nenhum nenhuma nem sem
    niet geen nooit niets niks niemand nergens zonder nimmer nee
    не ни нет никто ничего никогда никак без нельзя
    δεν δε μην μη όχι ούτε κανείς κανένας καμία κανένα ποτέ τίποτα χωρίς
    لا لن لم ليس ليست لست غير بدون دون
    לא אין אל אינו אינה אינם איננו בלי ללא
    नहीं न मत ना बिना
    """)
NEGATIVE_HEAD: Final = "n'"
"""Elided French `ne`: n'est, n'avons."""
NEGATIVE_TAIL: Final = "n't"

# Spellings that deny in one language and are everyday words of another go by the language of
# the turn: Portuguese `no` is "in the", German and French `mai` is May, Italian `ne` "of it".
NOT_IN: Final = {
    "no": frozenset(("portuguese",)),
    "ne": frozenset(("italian",)),
    "mai": frozenset(("english", "german", "french", "spanish", "portuguese", "dutch")),
}


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the clause rule needs of one language."""

    markers: frozenset[str]
    """Everyday words that tell the language of a turn."""
    subjects: frozenset[str]
    contrasts: frozenset[str]
    """What comes after them stands by itself: `not X but Y`."""
    joiners: frozenset[str]
    """They open a clause only with a subject of its own behind them: not `or charge you`."""
    subordinators: frozenset[str]
    """They end the reach of a negation that comes later: `on Monday if you don't mind`."""


def _grammar(
    *, markers: str, subjects: str, contrasts: str, joiners: str, subordinators: str
) -> Grammar:
    parts = (markers, subjects, contrasts, joiners, subordinators)
    return Grammar(*map(_words, parts))


GRAMMARS: Final = {
    "english": _grammar(
        markers="the and of to is we you it for that will on with be this are not i",
        subjects="i we you they it he she there i'm i'll i've i'd we're we'll we've we'd you're "
        "you'll you've they're they'll they've it's it'll there's there'll he's he'll she's "
        "she'll that's that'll let's",
        contrasts="but",
        joiners="and or so yet",
        subordinators="if because when while since although though unless until till which who "
        "whom whose that after before where whether whereas as",
    ),
    "german": _grammar(
        markers="der die das und ist wir sie ich im den mit für ein eine zu auf nicht",
        subjects="ich wir ihr er es du man sie",
        contrasts="aber sondern",
        joiners="und oder",
        subordinators="wenn weil dass falls obwohl während bis nachdem bevor damit ob",
    ),
    "french": _grammar(
        markers="le la les et est nous vous je des un une en pour que sur du au ne pas",
        subjects="je nous vous tu il elle ils elles on j'ai c'est",
        contrasts="mais",
        joiners="et ou donc",
        subordinators="si parce car quand lorsque puisque qui que quoique",
    ),
    "spanish": _grammar(
        markers="el los las y es en con una por del al nos se les lo qué su para",
        subjects="yo nosotros ustedes usted ellos ellas",
        contrasts="pero sino",
        joiners="y o",
        subordinators="si porque cuando aunque mientras quien que",
    ),
    "italian": _grammar(
        markers="il gli e è di che per una con non sono del della vi ci nel si",
        subjects="io noi voi loro lei lui",
        contrasts="ma però",
        joiners="e o",
        subordinators="se perché quando mentre benché che chi",
    ),
    "portuguese": _grammar(
        markers="o os as e é em com uma do da dos na que para não nós",
        subjects="eu nós você vocês eles",
        contrasts="mas",
        joiners="e ou",
        subordinators="se porque quando embora enquanto quem que",
    ),
    "dutch": _grammar(
        markers="de het een en is wij we ik u van op voor met dat zijn naar niet",
        subjects="ik wij we jullie hij ze het u",
        contrasts="maar",
        joiners="en of",
        subordinators="als omdat wanneer hoewel terwijl zodat dat",
    ),
}

ANSWERS: Final = _words("no nope nah nein nee non não nao")
"""Negations that may be a whole answer: before a mark, or before who speaks next."""
SPANISH_VERB: Final = "he"
"""`No he dicho` denies, although `he` looks like the subject of an English answer."""
LEFT_OPEN: Final = _words("""
    think believe say mean promise guarantee expect suppose feel claim agree assume imagine commit
    denke denken glaube glauben sage sagen meine meinen verspreche versprechen garantieren
    pense pensons crois croyons dis disons promets promettre garantir
    creo creemos digo decir prometo prometer garantizar
    penso pensiamo credo crediamo dico dire prometto promettere garantire
    acho achamos acredito garantir
    denk denken geloof geloven beloof beloven garanderen
    """)
"""Verbs that miss what they are about: `I don't think, honestly, we can`."""

HARMLESS_NEXT: Final = {
    "not": _words("only just merely simply"),
    "no": _words("problem problems worries doubt solo sólo"),
    "nicht": _words("nur bloß"),
    "kein": frozenset(("problem",)),
    "non": _words("seulement solo soltanto"),
    "pas": _words("seulement uniquement"),
    "sin": _words("problema problemas duda"),
    "nessun": frozenset(("problema",)),
    "não": _words("só apenas somente"),
    "sem": _words("problema problemas dúvida"),
    "niet": frozenset(("alleen",)),
    "geen": frozenset(("probleem",)),
}
"""`not only`, `no problem`: nothing is denied."""
TAG_PRONOUNS: Final = _words("i we you they it he she there")
TAGS: Final = frozenset(
    (
        ("nicht", "wahr"),
        ("n'est", "ce", "pas"),
        ("non", "è", "vero"),
        ("não", "é"),
        ("toch", "niet"),
    )
)
SHORT_FORMS: Final = _words(
    "mr mrs ms dr prof st vs approx inc ltd corp no nr fig etc bzw ca evtl inkl zzgl sr sra"
)
"""A full stop behind them, or behind one letter, ends no sentence."""
