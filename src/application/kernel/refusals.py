"""How the application turns a command or a read away, besides what the domain refuses."""

from domain.kernel.rules import Broken, RulesBroken


class RefusedOnRecord(RulesBroken):
    """The rules refuse it and the log has recorded so, at `position`."""

    def __init__(self, broken: tuple[Broken, ...], position: int) -> None:
        super().__init__(broken)
        self.position = position


class StaleVersion(Exception):
    """The thing is at another version than the caller insists on (If-Match)."""

    def __init__(self, present: int) -> None:
        super().__init__(f"the thing is at version {present}")
        self.present = present


class KeyReused(Exception):
    """The Idempotency-Key was used by this subject for another request."""


class KeyInProgress(Exception):
    """The first request with this Idempotency-Key is still running after the time to wait for it."""


class ReadModelBehind(Exception):
    """The read model has not reached the position that the read asks for within the time to wait."""
