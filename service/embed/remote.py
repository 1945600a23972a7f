"""Vectors from any server that has `/embeddings` as OpenAI has it."""

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx2
import numpy as np
from pydantic import SecretStr

from service.embed.embedder import Vectors
from service.embed.remote_reply import read_vectors
from service.errors import EmbedderDown

BATCH_TEXTS = 64
BATCH_CHARACTERS = 100_000
MOST_BYTES = 64 * 2**20
"""Of one answer: 64 of the widest vectors, written out."""
CONNECT_S = 5.0
PASSAGES_S = 60.0
"""For one batch, from the connecting to the last byte."""
QUERY_S = 5.0
"""A person waits; after that the words alone rank."""


@dataclass(frozen=True)
class Place:
    """A server and one of its models. Operator's choice only."""

    base_url: str
    model: str
    api_key: SecretStr | None = None


class Remote:
    """A model on another server; every fault of it is EmbedderDown, and nothing is tried twice."""

    def __init__(
        self, place: Place, *, passages_s: float = PASSAGES_S, query_s: float = QUERY_S
    ) -> None:
        self._place = place
        self._passages_s = passages_s
        self._query_s = query_s
        self._width: int | None = None

    @property
    def name(self) -> str:
        """With the width: another server may have another model under the same name."""
        return f"remote/{self._place.model}/{self.width}"

    @property
    def width(self) -> int:
        """As the first answer had it; asks for one where there was none yet."""
        return self._width or len(self.query("width"))

    def passages(self, texts: Sequence[str]) -> Vectors:
        """One row a text, in the order given."""
        rows = [self._fetch(batch, deadline_s=self._passages_s) for batch in _batches(texts)]
        return np.concatenate(rows) if rows else np.empty((0, self.width), np.float32)

    def query(self, text: str) -> Vectors:
        """One vector; questions and passages are embedded alike."""
        row: Vectors = self._fetch([text], deadline_s=self._query_s)[0]
        return row

    def _fetch(self, texts: Sequence[str], *, deadline_s: float) -> Vectors:
        """In a thread with a loop of its own: only a loop can end a request that drips."""
        with ThreadPoolExecutor(1) as thread:
            asked = thread.submit(asyncio.run, self._post(texts, deadline_s=deadline_s))
            body = asked.result()
        vectors = read_vectors(body, texts=len(texts), width=self._width)
        self._width = vectors.shape[1]
        return vectors

    async def _post(self, texts: Sequence[str], *, deadline_s: float) -> bytes:
        timeout = httpx2.Timeout(None, connect=CONNECT_S)
        try:
            async with (
                asyncio.timeout(deadline_s),
                httpx2.AsyncClient(timeout=timeout, trust_env=False) as client,
                client.stream(
                    "POST",
                    f"{self._place.base_url}/embeddings",
                    json={"model": self._place.model, "input": list(texts)},
                    headers=self._headers(),
                ) as response,
            ):
                return await _body(response)
        except TimeoutError as error:
            raise EmbedderDown(
                f"The embedding server gave no answer in {deadline_s:g} s."
            ) from error
        except httpx2.HTTPError as error:
            raise EmbedderDown("The embedding server cannot be reached.") from error

    def _headers(self) -> dict[str, str]:
        key = self._place.api_key
        return {"Authorization": f"Bearer {key.get_secret_value()}"} if key else {}


async def _body(response: httpx2.Response) -> bytes:
    """All of it, if it is an answer and not endless; a redirect is none and is not followed."""
    if response.status_code != httpx2.codes.OK:
        raise EmbedderDown(
            f"The embedding server answered with status {response.status_code}.",
            mend="Check BATON_EMBEDDING_BASE_URL, _API_KEY and _MODEL, or ask again later.",
        )
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > MOST_BYTES:
            raise EmbedderDown("The embedding server's answer does not end.")
    return bytes(body)


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Runs of texts within both limits; a text over the second stands alone."""
    start = characters = 0
    for position, text in enumerate(texts):
        characters += len(text)
        is_full = position - start == BATCH_TEXTS or characters > BATCH_CHARACTERS
        if is_full and position > start:
            yield texts[start:position]
            start, characters = position, len(text)
    if start < len(texts):
        yield texts[start:]
