"""Utterances to the turns that are numbered and quoted from."""

from collections.abc import Iterator
from dataclasses import replace

from schemas.source import Kind, Parsed, Utterance
from service.errors import TooLarge

MAX_TURNS = 20_000
PAUSE_S = 2.0
JOINED_CODE_POINTS = 1_500


def refuse_many(count: int) -> None:
    """Raises TooLarge where a source would have more turns than it may have."""
    if count > MAX_TURNS:
        detail = f"The text has {count} turns; {MAX_TURNS} are the limit."
        raise TooLarge(detail, field="file", mend="Send it in parts.")


def join(parsed: Parsed) -> tuple[Utterance, ...]:
    """The turns before sides: cues of one breath together, anything without end times as it is."""
    if parsed.kind is Kind.EMAIL:
        return parsed.utterances
    return tuple(_joined(parsed.utterances))


def _joined(utterances: tuple[Utterance, ...]) -> Iterator[Utterance]:
    group: list[Utterance] = []
    size = 0
    for one in utterances:
        if group and continues(group[-1], one) and size + 1 + len(one.text) < JOINED_CODE_POINTS:
            group.append(one)
            size += 1 + len(one.text)
        else:
            yield from _turn(group)
            group, size = [one], len(one.text)
    yield from _turn(group)


def continues(before: Utterance, one: Utterance) -> bool:
    """Same speaker, and a pause that is known and short. Overlap is no pause."""
    if before.end_s is None or one.start_s is None or one.end_s is None:
        return False
    return _voice(before) == _voice(one) and one.start_s - before.end_s < PAUSE_S


def _voice(one: Utterance) -> tuple[str | None, str | None, str | None]:
    return one.speaker, one.email, one.stated_side


def _turn(group: list[Utterance]) -> Iterator[Utterance]:
    if len(group) < 2:  # noqa: PLR2004 - nothing to join
        yield from group
        return
    text = " ".join(one.text for one in group)
    end_s = max((one.end_s for one in group if one.end_s is not None), default=None)
    yield replace(group[0], text=text, end_s=end_s)
