"""What can be looked up about service requests."""

from dataclasses import dataclass, field
from typing import Final, Protocol

from application.kernel.callers import Caller
from application.kernel.pages import Slice
from application.kernel.permissions import PERMISSIONS, Forbidden, Operation, Reach, Thing
from application.service_requests.analyses import AnalysisPage
from application.service_requests.boards import ProjectBoard
from application.service_requests.pages import ServiceRequestOnFile, ServiceRequestPage
from application.service_requests.records import OverdueEntry, ServiceRecordPage, TrainingCase
from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId, ServiceRequestId, Subject
from domain.service_requests.analysis_events import MonthLabel, WeekLabel
from domain.service_requests.request import Status
from domain.service_requests.words import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestScope:
    """How far a list goes for its reader; what is None narrows nothing.

    `project_id` stands for a project and its sections, `licence_id` for the projects whose manager is in office.
    """

    district: District | None = None
    company_id: CompanyId | None = None
    licence_id: LicenceId | None = None
    project_id: ProjectId | None = None
    reporter: Subject | None = None
    assignee: Subject | None = None


EVERYTHING: Final = RequestScope()


def scope_for(caller: Caller, operation: Operation = Operation.READ_SERVICE_REQUESTS) -> RequestScope:
    """Answer how far lists go for a caller, as `reaches` tells of one thing.

    Raises: Forbidden to a role without the operation, or one that is bound to nothing.
    """
    reach = PERMISSIONS[operation].get(caller.role)
    scope = None if reach is None else _scope(caller, reach)
    if scope is None or (scope == EVERYTHING and reach is not Reach.EVERYWHERE):
        raise Forbidden
    return scope


def _scope(caller: Caller, reach: Reach) -> RequestScope | None:
    match reach:
        case Reach.EVERYWHERE:
            return EVERYTHING
        case Reach.OWN_DISTRICT:
            return RequestScope(district=caller.district)
        case Reach.OWN_COMPANY:
            return RequestScope(company_id=caller.company)
        case Reach.OWN_LICENCE:
            return RequestScope(licence_id=caller.licence)
    if caller.project is None:
        return None
    return RequestScope(
        project_id=caller.project,
        reporter=caller.subject if reach is Reach.OWN_REQUESTS else None,
        assignee=caller.subject if reach is Reach.DISPATCHED_TO_THEM else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequestFilter:
    """Which requests to list; what is None filters nothing.

    `overdue` are those that have missed a deadline by now, or, False, those that have not. `q` is a part, of one
    character or more, of number, unit, description or result; a reporter is not searched for.
    """

    project_id: ProjectId | None = None
    status: Status | None = None
    kind: Kind | None = None
    overdue: bool | None = None
    q: str | None = None
    within: RequestScope = field(default=EVERYTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueFilter:
    """Which missed deadlines to list; what is None filters nothing.

    `within` goes by who answered for the project when it was noted, not by who does now; it knows no subjects.
    """

    project_id: ProjectId | None = None
    within: RequestScope = field(default=EVERYTHING)


class ServiceRequestQueries(Protocol):
    """The pages of service requests.

    Lists are newest first, by the order in which things came on record; `before` is what the last slice called `next`.
    """

    async def find(self, request_id: ServiceRequestId) -> ServiceRequestOnFile | None:
        """Answer one request."""

    async def list(
        self, wanted: ServiceRequestFilter, *, before: int | None = None, limit: int
    ) -> Slice[ServiceRequestPage]:
        """Answer the requests that pass the filter."""

    async def scope(self, request_id: ServiceRequestId) -> Thing | None:
        """Answer what a reader's permission is measured against, as `request_thing` does for commands."""

    async def board(self, project_id: ProjectId) -> ProjectBoard | None:
        """Answer a project's board."""

    async def week(self, project_id: ProjectId, week: WeekLabel) -> AnalysisPage | None:
        """Answer the analysis of an ISO week, as it stands and as it was reviewed.

        Raises: Unacceptable with the pointer `/week` for what is no week.
        """

    async def month(self, project_id: ProjectId, month: MonthLabel) -> AnalysisPage | None:
        """Answer the summary of a calendar month, as it stands and as it was archived.

        Raises: Unacceptable with the pointer `/month` for what is no month.
        """

    async def overdue(self, wanted: OverdueFilter, *, before: int | None = None, limit: int) -> Slice[OverdueEntry]:
        """Answer the missed deadlines that were noted."""

    async def training_cases(
        self, *, q: str | None = None, before: int | None = None, limit: int
    ) -> Slice[TrainingCase]:
        """Answer the training cases with `q` in their lesson, the last archived first."""

    async def service_record(self, licence_id: LicenceId, year: int | None = None) -> ServiceRecordPage | None:
        """Answer a manager's service record of a year, the present one in the city when it is None."""
