"""Run where instructor is: texts and quotes in, whether each outlives its citation check out."""  # noqa: INP001 (a script, no part of the package)

import json
import sys

from instructor import CitationMixin


class Cited(CitationMixin):
    """It keeps those of its `substring_quotes` that it finds in the context."""


def main() -> None:
    """One answer a pair."""
    pairs = json.loads(sys.stdin.read())
    sys.stdout.write(json.dumps([_is_kept(text, quote) for text, quote in pairs]) + "\n")


def _is_kept(text: str, quote: str) -> bool:
    cited = Cited.model_validate({"substring_quotes": [quote]}, context={"context": text})
    return bool(cited.substring_quotes)


if __name__ == "__main__":
    main()
