"""Run in an environment that has langextract: texts and quotes in, alignment states out."""  # noqa: INP001 (a script, no part of the package)

import json
import sys

from langextract.core.data import Extraction  # type: ignore[import-not-found] # it lives elsewhere
from langextract.resolver import WordAligner  # type: ignore[import-not-found] # it lives elsewhere


def main() -> None:
    """One state a pair: how its quote was aligned with its text, or null."""
    pairs = json.loads(sys.stdin.read())
    sys.stdout.write(json.dumps([_state(text, quote) for text, quote in pairs]) + "\n")


def _state(text: str, quote: str) -> str | None:
    if not quote:
        return None
    found = WordAligner().align_extractions([[Extraction("quote", quote)]], text)
    status = found[0][0].alignment_status
    return status.value if status else None


if __name__ == "__main__":
    main()
