"""Which missed deadlines are not on record yet: what whoever watches the clock looks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.kernel.identifiers import ServiceRequestId


@dataclass(frozen=True, slots=True)
class Missing:
    """A request of which a missed deadline is not on record, as far as a read model knows; `since` is the first one."""

    since: datetime
    request_id: ServiceRequestId


class MissedDeadlines(Protocol):
    """Finds what is to be noted; it may be behind the log: decisions are made anew, and what it misses comes later."""

    async def unnoted(self, now: datetime, *, after: Missing | None = None, limit: int) -> Sequence[Missing]:
        """Answer requests with a deadline missed by `now` and not on record, the longest missed first.

        `after` is the last one of the page before. Raises: Unavailable, ReadModelBehind.
        """
