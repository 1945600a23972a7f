"""How many quotes of a kind got through the gate: altered ones must not, harmless ones must."""


def accepted_share(tried: int, accepted: int) -> float | None:
    """Accepted / tried; unknown where none was tried."""
    return accepted / tried if tried else None
