"""The figures of a project's service as a read model counts them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from application.kernel.ports import EventStore
from domain.kernel.identifiers import ProjectId
from domain.service_requests.analysis import Seen


class CountingService(Protocol):
    """Counts what was received in a project over some days."""

    async def seen(self, project_id: ProjectId, first_day: date, last_day: date) -> Seen:
        """Answer the figures of requests received from one day through another, in the city's time zone.

        `position` is that of the log up to which was counted. Raises: ReadModelBehind, Unavailable.
        """


@dataclass(frozen=True, slots=True)
class CountingUpToNow:
    """Counts once the read models hold what the log holds: figures that are frozen must not lack the last request."""

    counting: CountingService
    store: EventStore
    caught_up: Callable[[int | None], Awaitable[None]]

    async def seen(self, project_id: ProjectId, first_day: date, last_day: date) -> Seen:
        """Answer the figures as of the end of the log at the moment of asking, or of a later one.

        Raises: ReadModelBehind, Unavailable.
        """
        _, end = await self.store.heads(())
        await self.caught_up(end)
        return await self.counting.seen(project_id, first_day, last_day)
