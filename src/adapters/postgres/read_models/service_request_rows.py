"""The row of a service request: where it stands as decisions see it, its clocks in columns, its story for the page."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.service_requests.pages import (
    CancellationShown,
    ChargeShown,
    ReferralShown,
    ReopeningShown,
    ReplyShown,
    ReturnVisitShown,
    SignOffShown,
)
from domain.kernel.identifiers import ProjectId, ServiceRequestId, Subject
from domain.service_requests.request import Charge, Clock, Pause, ServiceRequest, Status
from domain.service_requests.words import Category, Kind, PauseReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What was said and done that no list asks for; sign-off and attachments of the result are those of this round."""

    attachments: tuple[str, ...] = ()
    result_attachments: tuple[str, ...] = ()
    dispatched_at: datetime | None = None
    started_at: datetime | None = None
    replies: tuple[ReplyShown, ...] = ()
    visits: tuple[ReturnVisitShown, ...] = ()
    reopenings: tuple[ReopeningShown, ...] = ()
    charge: ChargeShown | None = None
    sign_off: SignOffShown | None = None
    referral: ReferralShown | None = None
    cancellation: CancellationShown | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequestRow:
    """One request; `received` is the position of its first event, `reporter` the name as it is shown.

    `late`: a clock was stopped after its deadline. `due`: the first deadline whose clock still runs. It is overdue when
    it is late, or when `due` has passed; so with the clocks of the response and of the resolution alone. `noted` are
    the clocks of missed deadlines on record, `watch` is the first one that is missed or still runs and is not noted.
    `was_completed` and `was_visited` tell of the last round in which work was completed. `archived` is the position at
    which it became a training case. What has a default is so when a request is received.
    """

    id: UUID
    position: int
    received: int
    version: int
    project_id: UUID
    received_at: datetime
    kind: str
    category: str
    priority: str
    major: bool
    channel: str
    zone: str | None
    reference: str | None
    rule_set: str
    reporter: str | None
    reported_by: str | None
    status: str
    assignee: str | None = None
    assignee_name: str | None = None
    respond_by: datetime
    resolve_by: datetime
    take_charge_by: datetime | None
    responded_at: datetime | None = None
    completed_at: datetime | None = None
    ended_at: datetime | None = None
    charged_at: datetime | None = None
    paused_at: datetime | None = None
    pause_reason: str | None = None
    last_step_at: datetime
    round: int = 1
    noted: tuple[Clock, ...] | None = None
    watch: datetime | None
    attempts: int = 0
    attempted_at: datetime | None = None
    duplicate_of: UUID | None = None
    late: bool = False
    due: datetime | None
    late_response: bool = False
    response_due: datetime | None
    late_resolution: bool = False
    resolution_due: datetime | None
    was_completed: bool = False
    was_visited: bool = False
    satisfied: int = 0
    unsatisfied: int = 0
    rated: int = 0
    rating_sum: int = 0
    rating: int | None = None
    archived: int | None = None
    archived_at: datetime | None = None
    lesson: str | None = None
    story: Story


def standing(row: ServiceRequestRow) -> ServiceRequest:
    """Answer the request as its clocks see it: what only rules ask for (who did the work, replies) is left out."""
    return ServiceRequest(
        project_id=ProjectId(row.project_id),
        kind=Kind(row.kind),
        category=Category(row.category),
        major=row.major,
        reporter=None if row.reported_by is None else Subject(row.reported_by),
        rule_set=row.rule_set,
        respond_by=row.respond_by,
        resolve_by=row.resolve_by,
        take_charge_by=row.take_charge_by,
        last_step_at=row.last_step_at,
        status=Status(row.status),
        assignee=None if row.assignee is None else Subject(row.assignee),
        charge=_charge(row),
        ended_at=row.ended_at,
        duplicate_of=None if row.duplicate_of is None else ServiceRequestId(row.duplicate_of),
        lesson=row.lesson,
        responded_at=row.responded_at,
        pause=_pause(row),
        round=row.round,
        completed_at=row.completed_at,
        attempts=row.attempts,
        attempted_at=row.attempted_at,
    )


def _charge(row: ServiceRequestRow) -> Charge | None:
    if row.charged_at is None:
        return None
    shown = row.story.charge
    return Charge(None if shown is None else shown.licence_id, row.charged_at)


def _pause(row: ServiceRequestRow) -> Pause | None:
    if row.paused_at is None or row.pause_reason is None:
        return None
    return Pause(row.paused_at, PauseReason(row.pause_reason))
