"""A service request's row as the page that people look up."""

from datetime import datetime
from typing import Final, TypeVar

import asyncpg

from adapters.postgres.read_models.rows import Rows
from adapters.postgres.read_models.service_request_rows import ServiceRequestRow, standing
from adapters.postgres.read_models.service_requests import SERVICE_REQUESTS
from application.kernel.permissions import Thing
from application.service_requests.pages import (
    AssigneeShown,
    DeadlinesShown,
    MissedDeadline,
    PauseShown,
    ReporterShown,
    ServiceRequestPage,
)
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
from domain.service_requests.clocks import overdue
from domain.service_requests.request import Status
from domain.service_requests.words import Category, Channel, Kind, PauseReason, Priority

PAGE: Final = """
    select r.*, t.number, t.unit, t.description, t.result,
        p.name as project_name, p.section_of, p.district, p.company_id, p.manager_id
    from service_requests as r
    join service_request_texts as t on t.id = r.id
    left join projects as p on p.id = r.project_id
"""
"""What a page is put together from; the names of other things are those of now."""

_ROWS: Final = Rows(SERVICE_REQUESTS)
_One = TypeVar("_One")


def page_of(record: asyncpg.Record, now: datetime) -> ServiceRequestPage:
    """Put a page together; what is overdue follows from the time."""
    row = _ROWS.row(record)
    story = row.story
    missed = overdue(standing(row), now)
    return ServiceRequestPage(
        id=ServiceRequestId(row.id),
        version=row.version,
        number=ServiceRequestNumber(record["number"]),
        project_id=ProjectId(row.project_id),
        project_name=record["project_name"],
        unit=record["unit"],
        zone=row.zone,
        kind=Kind(row.kind),
        category=Category(row.category),
        priority=Priority(row.priority),
        major=row.major,
        channel=Channel(row.channel),
        reference=row.reference,
        status=Status(row.status),
        description=record["description"],
        reporter=ReporterShown(name=row.reporter),
        attachments=tuple(AttachmentId(each) for each in story.attachments),
        received_at=row.received_at,
        assignee=assignee_of(row.assignee, row.assignee_name),
        deadlines=DeadlinesShown(
            respond_by=row.respond_by, resolve_by=row.resolve_by, take_charge_by=row.take_charge_by
        ),
        dispatched_at=story.dispatched_at,
        responded_at=row.responded_at,
        started_at=story.started_at,
        pause=_pause(row),
        completed_at=row.completed_at,
        result=record["result"],
        result_attachments=tuple(AttachmentId(each) for each in story.result_attachments),
        closed_at=row.ended_at if row.status == Status.CLOSED else None,
        overdue=bool(missed),
        missed=tuple(MissedDeadline(clock=each.clock, due=each.due) for each in missed),
        replies=story.replies,
        return_visits=story.visits,
        rating=row.rating,
        round=row.round,
        reopenings=story.reopenings,
        charge=story.charge,
        sign_off=story.sign_off,
        referral=story.referral,
        cancellation=story.cancellation,
        duplicate_of=None if row.duplicate_of is None else ServiceRequestId(row.duplicate_of),
        lesson=row.lesson,
        rule_set=row.rule_set,
    )


def thing_of_request(record: asyncpg.Record) -> Thing:
    """Answer what a reader is measured against: that of its project, who reported it, to whom it is dispatched."""
    project_ids = {record["project_id"], record["section_of"]} - {None}
    return Thing(
        projects=frozenset(ProjectId(each) for each in project_ids),
        districts=_one_or_none(None if record["district"] is None else District(record["district"])),
        companies=_one_or_none(None if record["company_id"] is None else CompanyId(record["company_id"])),
        licences=_one_or_none(None if record["manager_id"] is None else LicenceId(record["manager_id"])),
        reporters=_one_or_none(None if record["reported_by"] is None else Subject(record["reported_by"])),
        assignees=_one_or_none(None if record["assignee"] is None else Subject(record["assignee"])),
    )


def _one_or_none(one: _One | None) -> frozenset[_One]:
    return frozenset() if one is None else frozenset({one})


def assignee_of(subject: str | None, name: str | None) -> AssigneeShown | None:
    """Answer to whom it is dispatched, if it is."""
    return None if subject is None else AssigneeShown(subject=Subject(subject), name=name or "")


def _pause(row: ServiceRequestRow) -> PauseShown | None:
    if row.paused_at is None or row.pause_reason is None:
        return None
    return PauseShown(reason=PauseReason(row.pause_reason), since=row.paused_at)
