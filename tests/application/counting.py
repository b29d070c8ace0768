"""Counting service where there are no read models: nothing can be counted, and nothing is frozen as if it had been."""

from datetime import date

from application.kernel.ports import Unavailable
from domain.kernel.identifiers import ProjectId
from domain.service_requests.analysis import Seen


class NothingCounted:
    """Has no figures to show."""

    async def seen(self, project_id: ProjectId, first_day: date, last_day: date) -> Seen:
        """Answer nothing.

        Raises: Unavailable, always.
        """
        raise Unavailable(f"no figures of {project_id} from {first_day} through {last_day}")
