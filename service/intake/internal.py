"""Mails within one side: nobody of the other one was addressed, so they promise it nothing."""

from collections.abc import Iterable, Mapping, Sequence

from schemas.source import Participant, Side, Turn, Utterance


def mark(
    turns: Sequence[Turn], utterances: Iterable[Utterance], participants: Iterable[Participant]
) -> tuple[Turn, ...]:
    """The turns, each marked where its author and all it was sent to are known to be one side."""
    side_of = {one.email.casefold(): one.side for one in participants if one.email}
    return tuple(
        turn.model_copy(update={"is_internal": _is_internal(turn.side, said, side_of)})
        for turn, said in zip(turns, utterances, strict=True)
    )


def _is_internal(side: Side, said: Utterance, side_of: Mapping[str, Side]) -> bool:
    if side is Side.UNKNOWN or not said.recipients:
        return False
    return all(side_of.get(address.casefold()) is side for address in said.recipients)
