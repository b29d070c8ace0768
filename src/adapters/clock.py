"""The clock of this process: the system's, or one that was set to an instant and runs on from there."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


class SystemClock:
    """The system's own time."""

    is_moved = False

    def now(self) -> datetime:
        """Answer the present instant, in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class MovedClock:
    """Runs on from an instant at which this process is said to have started (`GUANJIA_NOW`)."""

    instant: datetime
    begun: float
    is_moved = True

    @classmethod
    def starting_at(cls, instant: datetime) -> "MovedClock":
        """Set the clock; it runs from now on."""
        return cls(instant.astimezone(UTC), time.monotonic())

    def now(self) -> datetime:
        """Answer the present instant, in UTC."""
        return self.instant + timedelta(seconds=time.monotonic() - self.begun)


def clock_from(instant: datetime | None) -> SystemClock | MovedClock:
    """Answer the system's clock, or one set to an instant."""
    return SystemClock() if instant is None else MovedClock.starting_at(instant)
