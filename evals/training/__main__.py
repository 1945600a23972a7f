"""Make the offline extractor's weights: `python -m evals.training [--check]`.

Made from the talks of `evals/training/talks` and `evals/extraction/cases`, all of them our own
words. Prints, talk by talk left out, how often what was called likely is an item.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from itertools import pairwise

from rich.console import Console
from rich.table import Table

from evals.training.fitting import SIDE_OF, Judged, Weights, cross_validated, fit
from evals.training.sentences import FOLDERS, documents, examples
from service.extract.local.weighing import WEIGHTS

BINS = (0.0, 0.15, 0.3, 0.5, 0.7, 0.85, 1.01)


def main(words: Sequence[str] | None = None) -> int:
    """Print the table; write the weights, or say whether those in place are the ones made."""
    parser = argparse.ArgumentParser(prog="python -m evals.training", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 where they differ")
    asked = parser.parse_args(words)
    found = [example for document in documents() for example in examples(document)]
    for field in SIDE_OF:
        Console().print(_table(field, cross_validated(found, field)))
    text = as_text({field: fit(found, field) for field in SIDE_OF})
    if asked.check:
        return int(text != WEIGHTS.read_text(encoding="utf-8"))
    WEIGHTS.write_text(text, encoding="utf-8")
    return 0


def as_text(weights: dict[str, Weights]) -> str:
    """The file: how it was made, from what, and the weights."""
    head = {"made_by": "python -m evals.training", "talks_sha256": talks_sha256()}
    return json.dumps({**head, "weights": weights}, indent=1, sort_keys=True) + "\n"


def talks_sha256() -> str:
    """One hash over the names and bytes of all talks."""
    digest = hashlib.sha256()
    for folder in FOLDERS:
        for path in sorted(folder.glob("*.toml")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _table(field: str, judged: Sequence[Judged]) -> Table:
    table = Table("called", "sentences", "mean called", "items", "share", title=field)
    for low, high in pairwise(BINS):
        here = [one for one in judged if low <= one.likelihood < high]
        if here:
            called = sum(one.likelihood for one in here) / len(here)
            items = sum(one.is_item for one in here)
            cells = (len(here), f"{called:.2f}", items, f"{items / len(here):.2f}")
            table.add_row(f"{low:.2f}-{min(high, 1):.2f}", *map(str, cells))
    return table


if __name__ == "__main__":
    sys.exit(main())
