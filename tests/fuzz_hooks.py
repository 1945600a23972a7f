"""What schemathesis cannot read off the document; it loads this file by its path."""

from datetime import datetime

import schemathesis
from hypothesis import strategies as st

_OFFSETS = st.sampled_from(["Z", "+00:00", "-08:00", "+05:30", "+13:00"])
_TIMES = st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30))  # noqa: DTZ001 - a zone is put behind them
_PRINTABLE = st.characters(
    categories=["L", "M", "N", "P", "S"], exclude_characters="/\\?#."
)

schemathesis.openapi.format(
    "date-time", st.builds(lambda time, zone: f"{time.isoformat()}{zone}", _TIMES, _OFFSETS)
)
schemathesis.openapi.format("printable", st.text(_PRINTABLE, min_size=1, max_size=200))
