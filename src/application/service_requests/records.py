"""What is kept of requests for supervision and for learning: missed deadlines, records of service, lessons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId, ServiceRequestId, ServiceRequestNumber
from domain.service_requests.request import Clock
from domain.service_requests.words import Category, Channel, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectNamed:
    """A project by name."""

    id: ProjectId
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueEntry:
    """A missed deadline as it was noted, with who answered for the project at that moment."""

    position: int
    request_id: ServiceRequestId
    number: ServiceRequestNumber | None
    unit: str | None
    clock: Clock
    due: datetime
    noted_at: datetime
    project: ProjectNamed
    district: str
    company_id: CompanyId | None
    licence_id: LicenceId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingCase:
    """What is to be learnt from a complaint (培训案例): neither unit nor description nor anybody's name."""

    id: ServiceRequestId
    number: ServiceRequestNumber
    project: ProjectNamed
    kind: Kind
    category: Category
    channel: Channel
    major: bool
    overdue: bool
    lesson: str
    archived_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRecordPage:
    """A manager's service record of one year: the requests received by the projects held, on days of the tenure.

    Shares are between 0 and 1, None where there was nothing to count; `noted` counts the missed deadlines that were
    noted in that year while the manager was in office, by clock.
    """

    id: LicenceId
    version: int
    year: int
    requests: int
    overdue: int
    overdue_share: float | None
    repairs_completed: int
    repairs_visited: int
    return_visit_coverage: float | None
    noted: Mapping[str, int] = field(default_factory=dict)
