"""A row of a table as a service request: how it was reported, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from api.importing.refusing import RowRefused
from api.importing.request_cells import Cells
from api.importing.request_life import Life, Step, Times
from api.importing.request_mapping import RequestMapping
from api.importing.tables import Row
from api.importing.told_times import TimesTold
from domain.kernel.district import District
from domain.kernel.identifiers import ProjectId, ServiceRequestId, Subject
from domain.projects.registration import project_id_of
from domain.service_requests.closing import CloseRequest
from domain.service_requests.ending import CancelRequest, ReferRequest
from domain.service_requests.events import Reporter
from domain.service_requests.filing import FileRequest, request_id_of
from domain.service_requests.reply import ReplyToRequest
from domain.service_requests.request import Status
from domain.service_requests.visits import RecordReturnVisit
from domain.service_requests.words import Kind, VisitOutcome
from domain.service_requests.work import CompleteWork, DispatchRequest, StartWork

_LEADS_TO: Final[dict[type[Step], Status]] = {
    DispatchRequest: Status.DISPATCHED,
    StartWork: Status.IN_PROGRESS,
    CompleteWork: Status.COMPLETED,
    CloseRequest: Status.CLOSED,
    ReferRequest: Status.CLOSED,
    CancelRequest: Status.CANCELLED,
}
_PROJECT_UNKNOWN: Final = "names no project; --project ID takes all rows for one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A row that can be taken: what was filed, and the steps that followed, in their order.

    `names_assignee` tells whether the table says who did the work. `visited_by` is who visited, where it tells of a
    visit: never whoever imports it, for nobody looks after their own work.
    """

    request_id: ServiceRequestId
    filed: FileRequest
    steps: tuple[Step, ...]
    names_assignee: bool
    visited_by: Subject | None

    @property
    def status(self) -> Status:
        """Where the request stands after its steps."""
        status = Status.RECEIVED
        for step in self.steps:
            status = _LEADS_TO.get(type(step), status)
            if isinstance(step, RecordReturnVisit) and step.outcome is VisitOutcome.UNSATISFIED:
                status = Status.DISPATCHED
        return status

    @property
    def waits_for_visit(self) -> bool:
        """Tell whether it is a repair that cannot be closed before a return visit."""
        visits = (step for step in self.steps if isinstance(step, RecordReturnVisit))
        is_repair = self.filed.kind is Kind.REPAIR and self.status is Status.COMPLETED
        return is_repair and all(visit.outcome is not VisitOutcome.SATISFIED for visit in visits)

    @property
    def waits_for_reply(self) -> bool:
        """Tell whether it is a complaint that cannot be closed before a written reply."""
        is_complaint = self.filed.kind is Kind.COMPLAINT and self.status is Status.COMPLETED
        return is_complaint and not any(isinstance(step, ReplyToRequest) for step in self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRows:
    """Reads rows; `project_id` is the project of all of them, None when each names its own; no time is after `now`."""

    mapping: RequestMapping
    times: TimesTold
    now: datetime
    project_id: ProjectId | None = None

    def __call__(self, row: Row) -> Told:
        """Read a row.

        Raises: RowRefused with every column that is wrong.
        """
        cells = Cells(row, self.mapping, self.times)
        project_id, written, of, channel = self._project(cells), cells.written(), cells.kind(), cells.channel()
        received_at = cells.needed_time("received_at")
        times = Times.of(cells, received_at)
        stands = cells.stands(is_completed=times.completed_at is not None)
        if project_id is None or written is None or of is None or received_at is None or stands is None:
            raise RowRefused(*cells.reasons)
        request_id = request_id_of(project_id, written.reference)
        life = Life(cells=cells, request_id=request_id, kind=of.kind, written=written, stands=stands, times=times)
        steps = tuple(life.steps(received_at, self.now))
        if cells.reasons:
            raise RowRefused(*cells.reasons)
        return Told(
            request_id=request_id,
            filed=FileRequest(
                project_id=project_id,
                unit=written.unit,
                kind=of.kind,
                category=of.category,
                priority=of.priority,
                description=written.description,
                reporter=Reporter(name=written.reporter_name, phone=written.reporter_phone),
                channel=channel,
                reference=written.reference,
                occurred_at=received_at,
            ),
            steps=steps,
            names_assignee=bool(cells.text("assignee")),
            visited_by=None if written.visited_by is None else Subject(written.visited_by),
        )

    def _project(self, cells: Cells) -> ProjectId | None:
        if self.project_id is not None:
            return self.project_id
        name, place = cells.text("project"), cells.text("district")
        code = self.mapping.districts.get(place, place or self.mapping.district or "")
        if not name:
            cells.refuse("project", _PROJECT_UNKNOWN)
            return None
        try:
            return project_id_of(District(code), name)
        except ValueError:
            cells.refuse("district", f"{code!r} is no district of six digits, nor a name that the mapping explains")
            return None
