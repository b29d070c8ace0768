"""The figures of a project's service as a read model counts them."""

from datetime import date
from typing import Protocol

from domain.kernel.identifiers import ProjectId
from domain.service_requests.analysis import Seen


class CountingService(Protocol):
    """Counts what was received in a project over some days."""

    async def seen(self, project_id: ProjectId, first_day: date, last_day: date) -> Seen:
        """Answer the figures of requests received from one day through another, in the city's time zone.

        `position` is that of the log up to which was counted. Raises: Unavailable.
        """
