"""The head of a line: all that a layout may look at, however long the line is."""

from service.intake import clock

LINE_HEAD = 200
_BOLD = "**"
_MARKS = "#*_[]() \t\u00a0"
_TIME_ALONE = 60


def plain_head(line: str) -> str:
    """The line without the Markdown bold around its label."""
    line = line.strip()
    if not line.startswith(_BOLD):
        return line
    end = line.find(_BOLD, len(_BOLD), LINE_HEAD)
    if end < 0:
        return line
    space = " " if line[end - 1] == ":" else ""
    return line[len(_BOLD) : end] + space + line[end + len(_BOLD) :]


def bare_head(line: str) -> str:
    """The head of a line without what Markdown puts around a heading."""
    return line[:LINE_HEAD].strip(_MARKS).replace("\\", "")


def time_alone(line: str) -> float | None:
    """The time that is all a line has: `0:05`, `### 00:05:00`, `[00:12]`."""
    bare = line.strip(_MARKS) if len(line) <= _TIME_ALONE else ""
    return clock.seconds(bare) if bare[:1].isdecimal() else None
