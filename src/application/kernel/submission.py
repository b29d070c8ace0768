"""What comes with every command besides what is asked: who asks, and under which conditions."""

from dataclasses import dataclass

from application.kernel.callers import Caller
from application.kernel.ports import Receipt, RetryKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """The caller, the version it insists on (If-Match) and the key under which it may retry (Idempotency-Key)."""

    caller: Caller
    if_match: int | None = None
    retry_key: RetryKey | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A receipt, and whether it is that of an earlier submission with the same key."""

    receipt: Receipt
    replayed: bool = False
