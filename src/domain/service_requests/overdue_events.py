"""What was overdue of a service request; recorded once each, in a stream beside the request's own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseOverdue:
    """Nobody arrived or replied by `due`.

    The request's project with its district, and the company and the manager in office when it was noted.
    """

    due: datetime
    project_id: ProjectId
    district: District
    company_id: CompanyId | None
    licence_id: LicenceId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionOverdue:
    """The work was not completed by `due`, pauses that stop the clock not counted; else as `ResponseOverdue`."""

    due: datetime
    project_id: ProjectId
    district: District
    company_id: CompanyId | None
    licence_id: LicenceId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingChargeOverdue:
    """Nobody took charge of a major request by `due`; else as `ResponseOverdue`."""

    due: datetime
    project_id: ProjectId
    district: District
    company_id: CompanyId | None
    licence_id: LicenceId | None


OverdueEvent = ResponseOverdue | ResolutionOverdue | TakingChargeOverdue

OVERDUE_NAMES: Final[dict[str, type[OverdueEvent]]] = {
    "service-request.response-overdue": ResponseOverdue,
    "service-request.resolution-overdue": ResolutionOverdue,
    "service-request.taking-charge-overdue": TakingChargeOverdue,
}
