"""From documents to a record: each is read, and what came of it is written down."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evals.extraction.documents import Document
from evals.suite.reading import Reader, Reading
from evals.suite.record import Cost, Found, Read, Refused, Said
from schemas.claim import Draft, GroundedClaim
from service.extract.absence import absences
from service.extract.gate import JOINT
from service.extract.tokens import tokens_of
from service.llm.prices import Price

FREE = Price(0, 0, 0)
"""Of rules on this machine."""


@dataclass(frozen=True)
class Reads:
    """Who reads, and what that costs; None where no price is known."""

    reader: Reader
    price: Price | None

    async def document(self, document: Document) -> Read:
        """One document, read and written down."""
        started = time.process_time()
        reading = await self.reader(document.turns)
        cost = self._cost(reading, time.process_time() - started)
        claims = reading.admission.claims
        return Read(
            name=document.name,
            split=document.split,
            kind=document.kind,
            reason=document.reason,
            turns=tuple(_said(document)),
            items=document.items,
            traps=document.traps,
            foreign=document.foreign,
            absent=dict(document.absent),
            found=tuple(_found(claim, document, reading.drafts) for claim in claims),
            refused=tuple(
                Refused(field=one.field, quote=one.quote, turn=one.turn, reason=one.reason.value)
                for one in reading.admission.rejected
            ),
            absences={field: why.value for field, why in absences(document.turns, claims).items()},
            cost=cost,
            faults=reading.faults,
        )

    def _cost(self, reading: Reading, cpu_s: float) -> Cost:
        usage = reading.usage
        return Cost(
            cpu_s=cpu_s,
            requests=reading.requests,
            tokens_in=usage.tokens_in,
            tokens_out=usage.tokens_out,
            usd=self.price.cost(usage) if self.price else None,
        )


async def read_all(documents: Iterable[Document], reads: Reads) -> tuple[Read, ...]:
    """One after the other: a run is repeatable."""
    return tuple([await reads.document(document) for document in documents])


def _said(document: Document) -> Iterator[Said]:
    for turn, offset in zip(document.turns, document.offsets, strict=True):
        yield Said(
            turn=turn.turn, speaker=turn.speaker, side=turn.side, text=turn.text, offset=offset
        )


def _found(claim: GroundedClaim, document: Document, drafts: Sequence[Draft]) -> Found:
    first, last = claim.spans[0], claim.spans[-1]
    texts = {turn.turn: turn.text for turn in document.turns}
    offset = dict(zip(texts, document.offsets, strict=True))[first.turn]
    stated = {tokens_of(one.statement).joined for one in drafts if one.field == claim.field}
    return Found(
        field=claim.field,
        statement=claim.statement,
        quote=JOINT.join(texts[span.turn][span.start : span.end] for span in claim.spans),
        span=(offset + first.start, offset + last.end),
        turn=first.turn,
        state=claim.state.value,
        confidence=claim.confidence,
        is_replaced=tokens_of(claim.statement).joined not in stated,
    )
