"""The two parameters of every list."""

from typing import Annotated, TypeAlias

from litestar.params import QueryParameter

Limit: TypeAlias = Annotated[
    int, QueryParameter(ge=1, le=100, description="How many items at most.")
]
Cursor: TypeAlias = Annotated[
    str | None, QueryParameter(description="`next_cursor` of the page before.")
]
