"""The one model of a process, opened when it is first needed."""

import asyncio
from dataclasses import dataclass, field

from service.llm.client import Model, open_model
from service.llm.provider import Provider


@dataclass
class Opening:
    """Belongs to one event loop; the import behind it takes seconds, in a thread."""

    provider: Provider
    _model: Model | None = None
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def model(self) -> Model:
        """The model; the first caller opens it, the others wait."""
        async with self._opening:
            if self._model is None:
                self._model = await asyncio.to_thread(open_model, self.provider)
            return self._model

    async def close(self) -> None:
        """Let the connections go, where there are any."""
        if self._model is not None:
            await self._model.close()
