"""A provider that keeps failing is left alone, but for one probe from time to time."""

from dataclasses import dataclass, replace

MOST_FAILURES = 5
WITHIN_S = 30.0
PROBE_EVERY_S = 30.0


@dataclass(frozen=True)
class Breaker:
    """The state of one provider; each event gives the next state. `now` is any steady clock."""

    failures: tuple[float, ...] = ()
    """When it failed, of late."""
    probe_at: float | None = None
    """When it may be asked once; None: closed, it may be asked at any time."""

    @property
    def is_open(self) -> bool:
        """Whether only probes pass."""
        return self.probe_at is not None

    def wait_s(self, now: float) -> float:
        """How long nobody may ask; 0: go ahead."""
        return 0.0 if self.probe_at is None else max(0.0, self.probe_at - now)

    def asked(self, now: float) -> "Breaker":
        """Somebody goes ahead; while open that is the probe, and the next comes 30 s later."""
        return replace(self, probe_at=now + PROBE_EVERY_S) if self.is_open else self

    def answered(self) -> "Breaker":
        """It lives: where it was open it closes, and what failed before counts no more."""
        return Breaker() if self.is_open else self

    def failed(self, now: float) -> "Breaker":
        """One more failure; the fifth within 30 s opens."""
        recent = (*(at for at in self.failures if now - at < WITHIN_S), now)[-MOST_FAILURES:]
        if self.is_open or len(recent) < MOST_FAILURES:
            return replace(self, failures=recent)
        return self.tripped(now)

    def tripped(self, now: float) -> "Breaker":
        """Open at once."""
        return Breaker(probe_at=now + PROBE_EVERY_S)
