"""The bytes of what happens to service requests, of what is overdue of them, and of the figures that were frozen."""

from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import pytest

from adapters.postgres.codec import Codec
from adapters.postgres.sealing import PersonalKey
from domain.kernel.aggregate import Aggregate, StreamName
from domain.kernel.district import District
from domain.kernel.identifiers import (
    AttachmentId,
    CompanyId,
    LicenceId,
    ProjectId,
    ServiceRequestId,
    ServiceRequestNumber,
    Subject,
)
from domain.kernel.personal import PersonName, Phone
from domain.kernel.rules import Broken
from domain.service_requests.analysis import SERVICE_ANALYSIS
from domain.service_requests.analysis_events import (
    MonthLabel,
    MonthlySummaryArchived,
    ServiceFigures,
    WeekLabel,
    WeeklyAnalysisReviewed,
)
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
    ServiceRequestMarkedDuplicate,
    ServiceRequestPaused,
    ServiceRequestReceived,
    ServiceRequestReferred,
    ServiceRequestReopened,
    ServiceRequestReplied,
    ServiceRequestRequestRefused,
    ServiceRequestResumed,
    ServiceRequestSignedOff,
    ServiceRequestStarted,
)
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.overdue import OVERDUE
from domain.service_requests.overdue_events import ResolutionOverdue, ResponseOverdue, TakingChargeOverdue
from domain.service_requests.words import Category, Channel, Kind, PauseReason, Priority, VisitChannel, VisitOutcome
from tests.adapters.postgres.stored_bytes import THING, Pinned, assert_pinned

NOON: Final = datetime(2026, 11, 24, 4, tzinfo=UTC)
LATER: Final = datetime(2026, 11, 25, 4, 30, 15, 250000, tzinfo=UTC)
LICENCE: Final = LicenceId(UUID("00000000-0000-4000-8000-000000000003"))
PROJECT: Final = ProjectId(UUID("00000000-0000-4000-8000-000000000004"))
COMPANY: Final = CompanyId(UUID("00000000-0000-4000-8000-000000000005"))
OTHER: Final = ServiceRequestId(UUID("00000000-0000-4000-8000-000000000006"))
FITTER, DESK, MANAGER = Subject("fitter"), Subject("desk"), Subject("manager")
PHOTO: Final = AttachmentId("ab" * 32)
FIGURES: Final = ServiceFigures(
    received=3,
    by_kind={"repair": 2, "complaint": 1},
    by_category={"minor": 2, "complaint": 1},
    by_channel={"app": 3},
    responses_due=3,
    responses_on_time=2,
    resolutions_due=2,
    resolutions_on_time=1,
    repairs_completed=2,
    repairs_visited=1,
    satisfied=1,
    unsatisfied=0,
    rated=1,
    rating_sum=5,
)
FIGURES_WRITTEN: Final = (
    '{"received":3,"by_kind":{"repair":2,"complaint":1},"by_category":{"minor":2,"complaint":1},'
    '"by_channel":{"app":3},"responses_due":3,"responses_on_time":2,"resolutions_due":2,"resolutions_on_time":1,'
    '"repairs_completed":2,"repairs_visited":1,"satisfied":1,"unsatisfied":0,"rated":1,"rating_sum":5}'
)
WHO: Final[dict[str, Any]] = {"project_id": PROJECT, "district": District("321002")}
WHO_WRITTEN: Final = '"project_id":"00000000-0000-4000-8000-000000000004","district":"321002"'

PINS: Final[list[tuple[Aggregate[Any, Any], str, Pinned]]] = [
    (
        SERVICE_REQUEST,
        "service-request.dispatched",
        Pinned(
            ServiceRequestDispatched(assignee=Assignee(subject=FITTER, name="李师傅"), occurred_at=NOON),
            '{"assignee":{"subject":"fitter","name":"李师傅"},"occurred_at":"2026-11-24T04:00:00Z"}',
        ),
    ),
    (
        SERVICE_REQUEST,
        "service-request.started",
        Pinned(
            ServiceRequestStarted(by=FITTER, occurred_at=LATER),
            '{"by":"fitter","occurred_at":"2026-11-25T04:30:15.250000Z"}',
        ),
    ),
    (
        SERVICE_REQUEST,
        "service-request.paused",
        Pinned(
            ServiceRequestPaused(reason=PauseReason.AWAITING_RESIDENT, occurred_at=NOON),
            '{"reason":"awaiting_resident","occurred_at":"2026-11-24T04:00:00Z"}',
        ),
    ),
    (
        SERVICE_REQUEST,
        "service-request.resumed",
        Pinned(
            ServiceRequestResumed(resolve_by=LATER, occurred_at=NOON),
            '{"resolve_by":"2026-11-25T04:30:15.250000Z","occurred_at":"2026-11-24T04:00:00Z"}',
        ),
    ),
    (
        SERVICE_REQUEST,
        "service-request.completed",
        Pinned(
            ServiceRequestCompleted(result="已更换水管", by=FITTER, attachments=(PHOTO,), occurred_at=NOON),
            '{"result":"已更换水管","by":"fitter","attachments":["' + "ab" * 32 + '"],'
            '"occurred_at":"2026-11-24T04:00:00Z"}',
        ),
    ),
    (
        SERVICE_REQUEST,
        "service-request.replied",
        Pinned(
            ServiceRequestReplied(text="已安排维修", occurred_at=NOON),
            '{"text":"已安排维修","occurred_at":"2026-11-24T04:00:00Z"}',
        ),
    ),
    (
        SERVICE_REQUEST,
        "service-request.return-visit-recorded",
        Pinned(
            ReturnVisitRecorded(
                outcome=VisitOutcome.SATISFIED,
                channel=VisitChannel.PHONE,
                rating=5,
                note="很快",
                by=DESK,
                by_reporter=False,
                occurred_at=NOON,
            ),
            '{"outcome":"satisfied","channel":"phone","rating":5,"note":"很快","by":"desk","by_reporter":false,'
            '"occurred_at":"2026-11-24T04:00:00Z"}',
        ),
    ),
    (
        SERVICE_REQUEST,
        "service-request.return-visit-recorded",
        Pinned(
            ReturnVisitRecorded(
                outcome=VisitOutcome.UNREACHABLE,
                channel=None,
                rating=None,
                note=None,
                by=DESK,
                by_reporter=False,
                occurred_at=NOON,
            ),
            '{"outcome":"unreachable","channel":null,"rating":null,"note":null,"by":"desk","by_reporter":false,'
            '"occurred_at":"2026-11-24T04:00:00Z"}',
        ),
    ),
    (
        SERVICE_REQUEST,
        "service-request.manager-took-charge",
        Pinned(
            ManagerTookCharge(licence_id=LICENCE, by=MANAGER, occurred_at=NOON),
            '{"licence_id":"00000000-0000-4000-8000-000000000003","by":"manager","occurred_at":"2026-11-24T04:00:00Z"}',
        ),
    ),
    (
        SERVICE_REQUEST,
        "service-request.signed-off",
        Pinned(
            ServiceRequestSignedOff(licence_id=None, by=DESK, reason="项目经理空缺", occurred_at=NOON),
            '{"licence_id":null,"by":"desk","reason":"项目经理空缺","occurred_at":"2026-11-24T04:00:00Z"}',
        ),
    ),
    (
        SERVICE_REQUEST,
        "service-request.closed",
        Pinned(ServiceRequestClosed(occurred_at=NOON), '{"occurred_at":"2026-11-24T04:00:00Z"}'),
    ),
    (
        SERVICE_REQUEST,
        "service-request.reopened",
        Pinned(
            ServiceRequestReopened(reason="又漏了", round=2, occurred_at=NOON),
            '{"reason":"又漏了","round":2,"occurred_at":"2026-11-24T04:00:00Z"}',
        ),
    ),
    (
        SERVICE_REQUEST,
        "service-request.cancelled",
        Pinned(
            ServiceRequestCancelled(reason="自行修好", occurred_at=NOON),
            '{"reason":"自行修好","occurred_at":"2026-11-24T04:00:00Z"}',
        ),
    ),
    (
        SERVICE_REQUEST,
        "service-request.referred",
        Pinned(
            ServiceRequestReferred(to="供水公司", reason="市政管网", occurred_at=NOON),
            '{"to":"供水公司","reason":"市政管网","occurred_at":"2026-11-24T04:00:00Z"}',
        ),
    ),
    (
        SERVICE_REQUEST,
        "service-request.marked-duplicate",
        Pinned(
            ServiceRequestMarkedDuplicate(duplicate_of=OTHER, occurred_at=NOON),
            '{"duplicate_of":"00000000-0000-4000-8000-000000000006","occurred_at":"2026-11-24T04:00:00Z"}',
        ),
    ),
    (
        SERVICE_REQUEST,
        "service-request.archived",
        Pinned(
            ServiceRequestArchived(lesson="先止水,后维修", occurred_at=NOON),
            '{"lesson":"先止水,后维修","occurred_at":"2026-11-24T04:00:00Z"}',
        ),
    ),
    (
        SERVICE_REQUEST,
        "service-request.request-refused",
        Pinned(
            ServiceRequestRequestRefused(
                command="start-work",
                asked={"request_id": str(THING)},
                broken=(
                    Broken(
                        code="request.illegal-transition",
                        zh="服务受理当前状态下不能办理该步骤",
                        en="from where the request stands this step cannot be taken",
                        cites="Text 4 六(一)",
                    ),
                ),
                about=(StreamName(f"service-request-{THING}"),),
            ),
            '{"command":"start-work","asked":{"request_id":"00000000-0000-4000-8000-000000000001"},'
            '"broken":[{"code":"request.illegal-transition","zh":"服务受理当前状态下不能办理该步骤",'
            '"en":"from where the request stands this step cannot be taken","cites":"Text 4 六(一)"}],'
            '"about":["service-request-00000000-0000-4000-8000-000000000001"]}',
        ),
    ),
    (
        OVERDUE,
        "service-request.response-overdue",
        Pinned(
            ResponseOverdue(due=NOON, company_id=COMPANY, licence_id=LICENCE, **WHO),
            '{"due":"2026-11-24T04:00:00Z",' + WHO_WRITTEN + ","
            '"company_id":"00000000-0000-4000-8000-000000000005","licence_id":"00000000-0000-4000-8000-000000000003"}',
        ),
    ),
    (
        OVERDUE,
        "service-request.resolution-overdue",
        Pinned(
            ResolutionOverdue(due=LATER, company_id=COMPANY, licence_id=None, **WHO),
            '{"due":"2026-11-25T04:30:15.250000Z",' + WHO_WRITTEN + ","
            '"company_id":"00000000-0000-4000-8000-000000000005","licence_id":null}',
        ),
    ),
    (
        OVERDUE,
        "service-request.taking-charge-overdue",
        Pinned(
            TakingChargeOverdue(due=NOON, company_id=None, licence_id=None, **WHO),
            '{"due":"2026-11-24T04:00:00Z",' + WHO_WRITTEN + ',"company_id":null,"licence_id":null}',
        ),
    ),
    (
        SERVICE_ANALYSIS,
        "service-analysis.weekly-analysis-reviewed",
        Pinned(
            WeeklyAnalysisReviewed(project_id=PROJECT, week=WeekLabel("2026-W47"), figures=FIGURES, position=7),
            '{"project_id":"00000000-0000-4000-8000-000000000004","week":"2026-W47","figures":'
            + FIGURES_WRITTEN
            + ',"position":7}',
        ),
    ),
    (
        SERVICE_ANALYSIS,
        "service-analysis.monthly-summary-archived",
        Pinned(
            MonthlySummaryArchived(project_id=PROJECT, month=MonthLabel("2026-11"), figures=FIGURES, position=7),
            '{"project_id":"00000000-0000-4000-8000-000000000004","month":"2026-11","figures":'
            + FIGURES_WRITTEN
            + ',"position":7}',
        ),
    ),
]


def received(reporter: Reporter) -> ServiceRequestReceived:
    return ServiceRequestReceived(
        number=ServiceRequestNumber("SR-321000-20261124-7F3K2QX8M4"),
        project_id=PROJECT,
        unit="3-2-501",
        kind=Kind.REPAIR,
        category=Category.MINOR,
        priority=Priority.NORMAL,
        major=True,
        channel=Channel.HOTLINE_12345,
        description="厨房水管漏水",
        reporter=reporter,
        filed_by=DESK,
        by_reporter=False,
        attachments=(PHOTO,),
        zone="东区",
        reference="311-7",
        rule_set="2000-1",
        occurred_at=NOON,
        respond_by=NOON,
        resolve_by=LATER,
        take_charge_by=LATER,
    )


SEALED: Final = (
    '{"number":"SR-321000-20261124-7F3K2QX8M4","project_id":"00000000-0000-4000-8000-000000000004",'
    '"unit":"3-2-501","kind":"repair","category":"minor","priority":"normal","major":true,'
    '"channel":"hotline_12345","description":"厨房水管漏水",'
    '"reporter":{"name":"KfC6ogEBAQEBAQEBAQEBAZBNbt3iNh9lzSV5fqkyRip-Wfta7Ac",'
    '"phone":"KfC6ogICAgICAgICAgICAqobIYqL6gVu_bKaBgTInpgMXdxxWc_7Ldu_-A"},'
    '"filed_by":"desk","by_reporter":false,"attachments":["' + "ab" * 32 + '"],"zone":"东区","reference":"311-7",'
    '"rule_set":"2000-1","occurred_at":"2026-11-24T04:00:00Z","respond_by":"2026-11-24T04:00:00Z",'
    '"resolve_by":"2026-11-25T04:30:15.250000Z","take_charge_by":"2026-11-25T04:30:15.250000Z"}'
)
NAME: Final = "service-request.received"
REPORTER: Final = Reporter(name=PersonName("王芳"), phone=Phone("13812345678"))


@pytest.mark.parametrize(("aggregate", "name", "pinned"), PINS, ids=[name for _, name, _ in PINS])
def test_the_bytes_stay(aggregate: Aggregate[Any, Any], name: str, pinned: Pinned) -> None:
    assert_pinned(aggregate, name, pinned)


def test_the_bytes_of_a_reporter_stay_sealed() -> None:
    stream = SERVICE_REQUEST.stream(THING)
    nonces = iter(bytes([number]) * 12 for number in range(1, 3))
    codec = Codec((SERVICE_REQUEST,), nonces=lambda: next(nonces))
    keys: dict[str, PersonalKey] = {stream: PersonalKey(bytes(range(32)))}
    assert codec.encode(stream, received(REPORTER), keys) == (NAME, SEALED.encode(), 0)
    assert codec.event(stream, NAME, SEALED.encode(), b"{}", keys) == received(REPORTER)


def test_without_the_key_the_reporter_is_erased_and_the_rest_stays() -> None:
    event = Codec((SERVICE_REQUEST,)).event(SERVICE_REQUEST.stream(THING), NAME, SEALED.encode(), b"{}")
    assert event == received(Reporter(name=PersonName.erased(), phone=Phone.erased()))


def test_the_state_is_folded_without_the_reporters_key() -> None:
    whole = SERVICE_REQUEST.fold([received(REPORTER)])
    assert SERVICE_REQUEST.fold([received(Reporter(name=PersonName.erased(), phone=Phone.erased()))]) == whole


def test_every_event_is_pinned() -> None:
    pinned = {name for _, name, _ in PINS} | {NAME}
    assert pinned == {*SERVICE_REQUEST.events, *OVERDUE.events, *SERVICE_ANALYSIS.events}
