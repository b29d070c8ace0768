"""A service request as decisions see it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.kernel.identifiers import LicenceId, ProjectId, ServiceRequestId, Subject
from domain.service_requests.words import Category, Kind, PauseReason

ATTEMPTS: Final = 3
"""So many recorded attempts stand for a return visit when the resident cannot be reached …"""
BETWEEN_ATTEMPTS: Final = timedelta(minutes=60)
"""… when each is at least this long after the one before that counts."""


class Status(StrEnum):
    """Where a request stands; one that was reopened is dispatched again, one referred or a duplicate is closed."""

    RECEIVED = "received"
    DISPATCHED = "dispatched"
    IN_PROGRESS = "in_progress"
    PAUSED = "paused"
    COMPLETED = "completed"
    CLOSED = "closed"
    CANCELLED = "cancelled"


ENDED: Final = frozenset({Status.CLOSED, Status.CANCELLED})
BEFORE_COMPLETION: Final = frozenset({Status.RECEIVED, Status.DISPATCHED, Status.IN_PROGRESS, Status.PAUSED})
OPEN: Final = frozenset(Status) - ENDED


class Clock(StrEnum):
    """The clocks that run over a request; the third one only over a major one."""

    RESPONSE = "response"
    RESOLUTION = "resolution"
    TAKING_CHARGE = "taking_charge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A deadline that was missed; each clock runs once over a request."""

    clock: Clock
    due: datetime


@dataclass(frozen=True, slots=True)
class Pause:
    """Since when work waits, and for what."""

    since: datetime
    reason: PauseReason


@dataclass(frozen=True, slots=True)
class Charge:
    """Who took a major request in hand: the manager in office, None for whoever did in a manager's place."""

    licence_id: LicenceId | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequest:
    """What decisions need of a request.

    `reporter` is the subject that reported it in person, `workers` are all who ever did the work: those to whom it was
    dispatched when it started, who said that it started, who said that it was completed. A reopening begins another
    round of work: its completion, visits and sign-off are asked for anew; deadlines, the first answer, who is in charge
    and that the resident was replied to in writing stay as they are. `lesson` is that of its training case.
    """

    project_id: ProjectId
    kind: Kind
    category: Category
    major: bool
    reporter: Subject | None
    rule_set: str
    respond_by: datetime
    resolve_by: datetime
    take_charge_by: datetime | None
    last_step_at: datetime
    status: Status = Status.RECEIVED
    assignee: Subject | None = None
    workers: frozenset[Subject] = frozenset()
    charge: Charge | None = None
    ended_at: datetime | None = None
    is_referred: bool = False
    duplicate_of: ServiceRequestId | None = None
    lesson: str | None = None
    responded_at: datetime | None = None
    has_reply: bool = False
    pause: Pause | None = None

    round: int = 1
    completed_at: datetime | None = None
    is_signed_off: bool = False
    is_satisfied: bool = False
    attempts: int = 0
    attempted_at: datetime | None = None

    @property
    def has_ended(self) -> bool:
        """Tell whether nothing is to be done about it any more."""
        return self.status in ENDED

    @property
    def is_worked_off(self) -> bool:
        """Tell whether it is closed because the work was done, not because it was referred or a duplicate."""
        return self.status is Status.CLOSED and not self.is_referred and self.duplicate_of is None

    @property
    def was_visited(self) -> bool:
        """Tell whether its return visit is done: a satisfied resident, or one who could not be reached three times."""
        return self.is_satisfied or self.attempts >= ATTEMPTS
