"""One upload is one call."""

from collections.abc import Sequence

from service.errors import SeveralCalls
from service.intake.fields import Item


def only(found: Sequence[Item], place: str) -> Item:
    """The only one of them; raises SeveralCalls."""
    if len(found) == 1:
        return found[0]
    raise SeveralCalls(
        f"There are {len(found)} calls in it, under `{place}`; a source is one call.",
        field="file",
        mend="Send each call by itself.",
    )
