"""What is missed and not on record, looked up in the log itself: as far as a reader knows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from application.service_requests.watching import Missing
from domain.kernel.identifiers import ProjectId, ServiceRequestId
from domain.service_requests.clocks import overdue
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.overdue import OVERDUE, Answerable, note_overdue
from tests.application.city import DISTRICT, City

PLACE = Answerable(project_id=ProjectId(UUID(int=1)), district=DISTRICT, company_id=None, licence_id=None)


@dataclass
class MissedInTheLog:
    """Folds everything anew; `upto` is how far it has read, None for to the end."""

    city: City
    upto: int | None = None

    async def unnoted(self, now: datetime, *, after: Missing | None = None, limit: int) -> Sequence[Missing]:
        streams: dict[str, list[Any]] = {}
        for entry in await self.city.events():
            if self.upto is None or entry.position <= self.upto:
                streams.setdefault(entry.stream, []).append(entry.event)
        found = []
        for stream, events in streams.items():
            if not stream.startswith("service-request-") or "overdue" in stream or "refusals" in stream:
                continue
            request_id = ServiceRequestId(SERVICE_REQUEST.thing(stream))  # type: ignore[arg-type] # a stream's name
            request = SERVICE_REQUEST.fold(events)
            assert request is not None
            noted = OVERDUE.fold(streams.get(OVERDUE.stream(request_id), []))
            if facts := note_overdue(noted, overdue(request, now), PLACE):
                found.append(Missing(min(fact.due for fact in facts), request_id))
        found.sort(key=lambda each: (each.since, each.request_id))
        later = [
            each for each in found if after is None or (each.since, each.request_id) > (after.since, after.request_id)
        ]
        return later[:limit]
