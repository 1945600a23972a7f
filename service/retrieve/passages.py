from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from schemas.claim import GroundedClaim
from schemas.model import Model
from schemas.source import Turn
from service.retrieve.blocks import Block, blocks, said
from service.retrieve.pieces import Piece, pieces


class PassageKind(StrEnum):
    """What a passage holds."""

    WINDOW = "window"
    CLAIM = "claim"


class Passage(Model):
    """Words that are embedded and searched, and where they stand."""

    kind: PassageKind
    block: int
    """Passages of one block are one hit; blocks follow each other and share no turn."""
    first_turn: int
    last_turn: int
    start: int
    """Code points into the text of the first turn."""
    end: int
    """Code points into the text of the last turn, exclusive."""
    claim: int | None
    """Position among the claims of the source; None for a window."""
    head: str
    """Customer and title: context, never part of a quote."""
    text: str
    """The words with their speakers; a claim's statement stands before its quotes."""

    @property
    def embedded_text(self) -> str:
        """What the embedder reads."""
        return f"{self.head}\n{self.text}" if self.head else self.text


def cut(
    turns: Sequence[Turn],
    claims: Sequence[GroundedClaim],
    *,
    customer: str | None,
    title: str | None,
) -> tuple[Passage, ...]:
    """Cut a source into passages: its windows in order, then its claims."""
    head = " | ".join(part.strip() for part in (customer, title) if part and part.strip())
    in_blocks = blocks(turns)
    turn_of = {turn.turn: turn for turn in turns}
    block_of = {turn.turn: block.number for block in in_blocks for turn in block.turns}
    windows = [window for block in in_blocks for window in _windows(block, head)]
    stated = [
        _claim(number, claim, turn_of=turn_of, block=block_of[_said_in(turn_of, claim)], head=head)
        for number, claim in enumerate(claims)
    ]
    return (*windows, *stated)


def _windows(block: Block, head: str) -> Iterator[Passage]:
    first, last = block.turns[0], block.turns[-1]
    cuts = pieces(first.text) if first is last else (Piece(start=0, end=len(last.text)),)
    for piece in cuts:
        yield Passage(
            kind=PassageKind.WINDOW,
            block=block.number,
            first_turn=first.turn,
            last_turn=last.turn,
            start=piece.start,
            end=piece.end,
            claim=None,
            head=head,
            text=_words_of(block, piece),
        )


def _words_of(block: Block, piece: Piece) -> str:
    if len(block.turns) > 1:
        return "\n".join(said(turn, turn.text) for turn in block.turns)
    turn = block.turns[0]
    return said(turn, turn.text[piece.start : piece.end])


def _said_in(turn_of: Mapping[int, Turn], claim: GroundedClaim) -> int:
    """The turn that a claim stands on; of a quote whose message has come, that message."""
    turn = turn_of[claim.spans[0].turn]
    while turn.duplicate_of is not None:
        turn = turn_of[turn.duplicate_of]
    return turn.turn


def _claim(
    number: int, claim: GroundedClaim, *, turn_of: Mapping[int, Turn], block: int, head: str
) -> Passage:
    first, last = claim.spans[0], claim.spans[-1]
    quotes = [turn_of[span.turn].text[span.start : span.end] for span in claim.spans]
    words = said(turn_of[first.turn], " ... ".join(quotes))
    adds_nothing = claim.statement.strip() in quotes
    return Passage(
        kind=PassageKind.CLAIM,
        block=block,
        first_turn=first.turn,
        last_turn=last.turn,
        start=first.start,
        end=last.end,
        claim=number,
        head=head,
        text=words if adds_nothing else f"{claim.statement}\n{words}",
    )
