"""How many statements say no more than their quotes."""


def faithful_share(claims: int, replaced: int) -> float | None:
    """(claims - replaced) / claims; unknown where there are none.

    `replaced` are statements that gave way to their quotes: they changed a number, a name, a
    negation, or whatever else `service.extract.statement` looks at.
    """
    return (claims - replaced) / claims if claims else None
