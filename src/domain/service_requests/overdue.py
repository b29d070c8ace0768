"""What is overdue of a request is noted once each, beside the request, so that nobody's `If-Match` breaks."""

from dataclasses import dataclass
from typing import Final

from domain.kernel.aggregate import Aggregate
from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId, ServiceRequestId
from domain.service_requests.overdue_events import (
    OVERDUE_NAMES,
    OverdueEvent,
    ResolutionOverdue,
    ResponseOverdue,
    TakingChargeOverdue,
)
from domain.service_requests.request import Clock, Missed


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteOverdue:
    """Note whatever of a request is overdue and not noted yet."""

    request_id: ServiceRequestId


@dataclass(frozen=True, slots=True, kw_only=True)
class Answerable:
    """Who answers for a project when something is noted: the company and the manager in office, and the district."""

    project_id: ProjectId
    district: District
    company_id: CompanyId | None
    licence_id: LicenceId | None


Noted = frozenset[Clock]
"""Which clocks were noted as overdue."""

_FACT: Final[dict[Clock, type[OverdueEvent]]] = {
    Clock.RESPONSE: ResponseOverdue,
    Clock.RESOLUTION: ResolutionOverdue,
    Clock.TAKING_CHARGE: TakingChargeOverdue,
}
_CLOCK: Final = {fact: clock for clock, fact in _FACT.items()}


def note_overdue(noted: Noted | None, missed: tuple[Missed, ...], place: Answerable) -> list[OverdueEvent]:
    """Note what was missed, each clock once."""
    known = noted or frozenset()
    return [
        _FACT[each.clock](
            due=each.due,
            project_id=place.project_id,
            district=place.district,
            company_id=place.company_id,
            licence_id=place.licence_id,
        )
        for each in missed
        if each.clock not in known
    ]


def clock_of(event: OverdueEvent) -> Clock:
    """Answer which clock an event is about."""
    return _CLOCK[type(event)]


def _evolve(state: Noted | None, event: OverdueEvent) -> Noted:
    return (state or frozenset()) | {clock_of(event)}


OVERDUE: Final = Aggregate[Noted, OverdueEvent](name="service-request-overdue", events=OVERDUE_NAMES, evolve=_evolve)
"""Its streams stand beside the requests', under the same ids."""
