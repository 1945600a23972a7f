"""How fast a document was read."""


def words_per_s(words: int, seconds: float) -> float | None:
    """Words / seconds; unknown where no time was measured."""
    return words / seconds if seconds > 0 else None
