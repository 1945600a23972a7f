"""The head of a line: all that a layout may look at, however long the line is."""

LINE_HEAD = 200
_BOLD = "**"


def plain_head(line: str) -> str:
    """The line without the Markdown bold around its label."""
    line = line.strip()
    end = line.find(_BOLD, len(_BOLD), LINE_HEAD)
    if not line.startswith(_BOLD) or end < 0:
        return line
    space = " " if line[end - 1] == ":" else ""
    return line[len(_BOLD) : end] + space + line[end + len(_BOLD) :]
