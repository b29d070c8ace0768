"""What anybody may know of service requests: where they stand, never who reported what from which household."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.kernel.identifiers import ProjectId, ServiceRequestId, ServiceRequestNumber
from domain.service_requests.request import Status
from domain.service_requests.words import Category, PauseReason


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRequest:
    """A request without anything personal: no words of anybody's, no name, no household; instants in UTC.

    `changed_at` is when its last step was; `company` is the one that manages the project now.
    """

    id: ServiceRequestId
    number: ServiceRequestNumber
    category: Category
    status: Status
    pause_reason: PauseReason | None
    is_referred: bool
    is_duplicate: bool
    received_at: datetime
    changed_at: datetime
    resolve_by: datetime
    project_id: ProjectId
    project_name: str | None
    address: str | None
    company: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRequestFilter:
    """Which requests to list: received from `since` through `until`; what is None filters nothing."""

    since: datetime
    until: datetime
    categories: frozenset[Category] | None = None
    has_ended: bool | None = None


class PublicRequestQueries(Protocol):
    """The requests of a city as anybody may look them up, the last received first."""

    async def named(
        self, *, ids: Collection[ServiceRequestId] = (), numbers: Collection[ServiceRequestNumber] = ()
    ) -> tuple[PublicRequest, ...]:
        """Answer the requests with these ids or numbers; what there is none of is left out."""

    async def list(self, wanted: PublicRequestFilter, *, skip: int = 0, limit: int) -> tuple[PublicRequest, ...]:
        """Answer so many of the requests that pass the filter, after leaving out the first `skip`."""
