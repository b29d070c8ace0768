"""What comes with every command besides what is asked: who asks, and under which conditions."""

from typing import NamedTuple

from application.kernel.callers import Caller
from application.kernel.ports import Receipt, RetryKey


class Submission(NamedTuple):
    """The caller, the version it insists on (If-Match) and the key under which it may retry (Idempotency-Key)."""

    caller: Caller
    if_match: int | None = None
    retry_key: RetryKey | None = None


class Answer(NamedTuple):
    """A receipt, and whether it is that of an earlier submission with the same key."""

    receipt: Receipt
    replayed: bool = False
