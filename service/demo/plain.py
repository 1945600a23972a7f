"""Text of a source, a title or a file name, as a terminal may get it."""


def plain(text: str) -> str:
    """Without what would steer the terminal, or what no encoding can write."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
