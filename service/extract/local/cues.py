"""The words by which a speech act is known: tables, one alternative a way of saying it.

Rows are patterns over the folded sentence (lower case, plain apostrophes, single spaces), each
from a word's start; it may end in the middle of a word: `fail` stands for failed and failure.
They are ours and fixed: no text of a source ever becomes a pattern, and every repeat is bounded.
"""

from service.extract.local.act import Act
from service.extract.local.cues_barring import BARRING
from service.extract.local.cues_binding import BINDING
from service.extract.local.cues_choosing import CHOOSING
from service.extract.local.cues_suffering import SUFFERING
from service.extract.local.cues_talking import TALKING
from service.extract.local.cues_wanting import WANTING

CUES: dict[Act, tuple[str, ...]] = BINDING | BARRING | WANTING | SUFFERING | CHOOSING | TALKING
