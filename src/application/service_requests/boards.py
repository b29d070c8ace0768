"""What is to be done in a project today, on one page."""

from dataclasses import dataclass
from datetime import datetime

from application.service_requests.pages import AssigneeShown
from domain.kernel.identifiers import ProjectId, ServiceRequestId, ServiceRequestNumber
from domain.service_requests.request import Status
from domain.service_requests.words import Category, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheBoard:
    """How many requests have not ended, how many of them are overdue, how many repairs wait for a return visit."""

    open: int
    overdue: int
    waiting_for_visit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneOnTheBoard:
    """What is open in one zone; `zone` is None for units that lie in none."""

    zone: str | None
    zone_manager: str | None
    open: int
    overdue: int
    waiting_for_visit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CardOnTheBoard:
    """An open request; `due` is the deadline that passes next, or passed first, None while all clocks stand still."""

    id: ServiceRequestId
    number: ServiceRequestNumber
    unit: str
    zone: str | None
    kind: Kind
    category: Category
    major: bool
    status: Status
    assignee: AssigneeShown | None
    due: datetime | None
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectBoard:
    """A project's day: counts, counts by zone, and the open requests that press most, at most fifty."""

    id: ProjectId
    version: int
    name: str
    open: int
    overdue: int
    waiting_for_visit: int
    by_zone: tuple[ZoneOnTheBoard, ...]
    most_urgent: tuple[CardOnTheBoard, ...]
