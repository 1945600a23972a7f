"""English words that a question is made of and that tell nothing about its subject.

They are indexed, and left out of questions only. Missing on purpose: words that are also a name
or a month here ("may", "us", "mark", "won").
"""

_IN_RUNNING_TEXT = """
    a about above after again all also am an and any are aren as at be because been before being
    but by can could couldn did didn do does doesn doing don each else ever every few for from get
    got had hadn has hasn have haven having he her here hers him his how i if in into is isn it its
    just let me more most much my no nor not now of off on only or other our ours out over own
    please said same say says she should shouldn so some such tell than that the their theirs them
    then there these they thing things this those through to too under until up upon very was wasn
    we were weren what when where whether which while who whom whose why will with would wouldn
    you your yours
"""

STOP_WORDS = frozenset(_IN_RUNNING_TEXT.split())
