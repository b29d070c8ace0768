"""What is asked of missed deadlines: those that nobody has put on record yet, along one index."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from adapters.postgres.connection import Database
from adapters.postgres.read_models.reading import Views
from application.service_requests.watching import Missing
from domain.kernel.identifiers import ServiceRequestId

_UNNOTED: Final = """
    select id, watch from service_requests
    where watch < $1 and (watch, id) > ($2, $3)
    order by watch, id limit $4
"""
_LONG_AGO: Final = Missing(datetime(1, 1, 1, tzinfo=UTC), ServiceRequestId(UUID(int=0)))


class PostgresMissedDeadlines:
    """The `MissedDeadlines` of the read model `service_requests`."""

    def __init__(self, database: Database) -> None:
        self._views = Views(database)

    async def unnoted(self, now: datetime, *, after: Missing | None = None, limit: int) -> Sequence[Missing]:
        """Answer requests with a deadline missed by `now` and not on record, the longest missed first.

        Raises: Unavailable, ReadModelBehind.
        """
        last = after or _LONG_AGO
        rows = await self._views.fetch(_UNNOTED, now, last.since, last.request_id, limit)
        return [Missing(row["watch"], ServiceRequestId(row["id"])) for row in rows]
