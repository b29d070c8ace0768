"""Service requests for tests: what matters is named, the rest is dull."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from domain.kernel.identifiers import LicenceId, ProjectId, ServiceRequestId, ServiceRequestNumber, Subject
from domain.kernel.personal import PersonName, Phone
from domain.service_requests.events import (
    Assignee,
    ManagerTookCharge,
    Reporter,
    ReturnVisitRecorded,
    ServiceRequestArchived,
    ServiceRequestCancelled,
    ServiceRequestClosed,
    ServiceRequestCompleted,
    ServiceRequestDispatched,
    ServiceRequestEvent,
    ServiceRequestMarkedDuplicate,
    ServiceRequestPaused,
    ServiceRequestReceived,
    ServiceRequestReferred,
    ServiceRequestReopened,
    ServiceRequestReplied,
    ServiceRequestResumed,
    ServiceRequestSignedOff,
    ServiceRequestStarted,
)
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.request import ServiceRequest
from domain.service_requests.steps import Step
from domain.service_requests.words import Category, Channel, Kind, PauseReason, Priority, VisitOutcome
from tests.spec import Given

request: Final = Given(SERVICE_REQUEST)

NOON: Final = datetime(2026, 11, 24, 4, tzinfo=UTC)
"""Noon in Shanghai, on a Tuesday; hours in tests are counted from here."""
ESTATE, ELSEWHERE = ProjectId(UUID(int=1)), ProjectId(UUID(int=2))
LEAK, OTHER_LEAK = ServiceRequestId(UUID(int=3)), ServiceRequestId(UUID(int=4))
ZHANG, LI = LicenceId(UUID(int=5)), LicenceId(UUID(int=6))
RESIDENT, DESK, FITTER, PLUMBER = Subject("resident"), Subject("desk"), Subject("fitter"), Subject("plumber")
TO_FITTER: Final = Assignee(subject=FITTER, name="李师傅")
TO_PLUMBER: Final = Assignee(subject=PLUMBER, name="王师傅")
REPORTER: Final = Reporter(name=PersonName("王芳"), phone=Phone("13812345678"))


def at(hours: float) -> datetime:
    """Answer so many hours after noon."""
    return NOON + timedelta(hours=hours)


def step(hours: float = 100, by: Subject = DESK, given: float | None = None) -> Step:
    """Somebody says something at an hour, of another one if it is given."""
    return Step(by=by, now=at(hours), given=None if given is None else at(given))


_DULL: Final = ServiceRequestReceived(
    number=ServiceRequestNumber("SR-321000-20261124-0000000003"),
    project_id=ESTATE,
    unit="3-2-501",
    kind=Kind.REPAIR,
    category=Category.MINOR,
    priority=Priority.NORMAL,
    major=False,
    channel=Channel.APP,
    description="厨房水管漏水",
    reporter=REPORTER,
    filed_by=RESIDENT,
    by_reporter=True,
    attachments=(),
    zone=None,
    reference=None,
    rule_set="2000-1",
    occurred_at=at(0),
    respond_by=at(0.5),
    resolve_by=at(24),
    take_charge_by=None,
)


def received(**changes: Any) -> ServiceRequestReceived:
    return replace(_DULL, **changes)


def of_kind(kind: Kind, **changes: Any) -> ServiceRequestReceived:
    category = Category.MINOR if kind is Kind.REPAIR else Category(kind)
    return received(**{"kind": kind, "category": category, **changes})


def major(**changes: Any) -> ServiceRequestReceived:
    return received(**{"major": True, "take_charge_by": at(2), **changes})


def dispatched(hours: float = 0.1, to: Assignee = TO_FITTER) -> ServiceRequestDispatched:
    return ServiceRequestDispatched(assignee=to, occurred_at=at(hours))


def started(hours: float = 0.2, by: Subject = FITTER) -> ServiceRequestStarted:
    return ServiceRequestStarted(by=by, occurred_at=at(hours))


def paused(hours: float = 1, reason: PauseReason = PauseReason.AWAITING_RESIDENT) -> ServiceRequestPaused:
    return ServiceRequestPaused(reason=reason, occurred_at=at(hours))


def resumed(hours: float = 2, resolve_by: float = 25) -> ServiceRequestResumed:
    return ServiceRequestResumed(resolve_by=at(resolve_by), occurred_at=at(hours))


def completed(hours: float = 3, by: Subject = FITTER) -> ServiceRequestCompleted:
    return ServiceRequestCompleted(result="已更换水管", by=by, attachments=(), occurred_at=at(hours))


def replied(hours: float = 1) -> ServiceRequestReplied:
    return ServiceRequestReplied(text="已安排维修", occurred_at=at(hours))


def visited(outcome: VisitOutcome = VisitOutcome.SATISFIED, hours: float = 4, **changes: Any) -> ReturnVisitRecorded:
    dull = ReturnVisitRecorded(
        outcome=outcome, channel=None, rating=None, note=None, by=DESK, by_reporter=False, occurred_at=at(hours)
    )
    return replace(dull, **changes)


def unreachable(hours: float) -> ReturnVisitRecorded:
    return visited(VisitOutcome.UNREACHABLE, hours)


def took_charge(hours: float = 1, licence_id: LicenceId | None = ZHANG) -> ManagerTookCharge:
    return ManagerTookCharge(licence_id=licence_id, by=Subject("manager"), occurred_at=at(hours))


def signed_off(hours: float = 5, licence_id: LicenceId | None = ZHANG) -> ServiceRequestSignedOff:
    return ServiceRequestSignedOff(licence_id=licence_id, by=Subject("manager"), reason=None, occurred_at=at(hours))


def closed(hours: float = 6) -> ServiceRequestClosed:
    return ServiceRequestClosed(occurred_at=at(hours))


def reopened(hours: float = 7, nth: int = 2) -> ServiceRequestReopened:
    return ServiceRequestReopened(reason="又漏了", round=nth, occurred_at=at(hours))


cancelled: Final = ServiceRequestCancelled(reason="自行修好", occurred_at=at(1))
referred: Final = ServiceRequestReferred(to="供水公司", reason="市政管网", occurred_at=at(1))
doubled: Final = ServiceRequestMarkedDuplicate(duplicate_of=OTHER_LEAK, occurred_at=at(1))
archived: Final = ServiceRequestArchived(lesson="先止水,后维修", occurred_at=at(8))

AT_WORK: Final[tuple[ServiceRequestEvent, ...]] = (received(), dispatched(), started())
DONE: Final[tuple[ServiceRequestEvent, ...]] = (*AT_WORK, completed())
CLOSED: Final[tuple[ServiceRequestEvent, ...]] = (*DONE, visited(), closed())


def done(first: ServiceRequestReceived) -> tuple[ServiceRequestEvent, ...]:
    """Answer a request of any kind whose work is completed."""
    return (first, dispatched(), started(), completed())


def state(*events: ServiceRequestEvent) -> ServiceRequest:
    folded = SERVICE_REQUEST.fold(events)
    assert folded is not None
    return folded
