"""The story of one request: what was reported, and what everybody did about it; it goes on beyond the present."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from api.demo import complaints as words
from api.demo.invention import Invention
from api.demo.staff import Estate
from application.kernel.callers import Caller
from application.use_cases import Command, Commands
from domain.kernel.identifiers import ServiceRequestId
from domain.kernel.personal import PersonName
from domain.service_requests.events import Reporter
from domain.service_requests.filing import FileRequest, request_id_of
from domain.service_requests.words import REPAIRS, Category, Channel, Kind, Priority

A_YEAR: Final = 365
OPENS: Final = 8
CLOSES: Final = 18
_RECENT_DAYS: Final = 3
_BUILDINGS: Final = range(1, 9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What somebody asks for, and when it was."""

    at: datetime
    by: Caller
    command: Command[Any]
    asked: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was reported at an estate, drawn by a number; whoever reports for themselves does so now."""

    estate: Estate
    filed: FileRequest
    at: datetime
    is_own: bool

    @property
    def request_id(self) -> ServiceRequestId:
        """The id that the request will have."""
        return request_id_of(self.filed.project_id, self.filed.reference or "")

    @property
    def category(self) -> Category:
        """What response times hang on."""
        return self.filed.category or Category(self.filed.kind)

    def act(self, commands: Commands) -> Act:
        """Answer the filing."""
        by = self.estate.resident if self.is_own else self.estate.office
        return Act(at=self.at, by=by, command=commands.file_request, asked=self.filed)

    def again(self, nth: int, now: datetime) -> "Report":
        """Answer the same as a neighbour reports it a little later, by now."""
        at = min(self.at + timedelta(minutes=7), now.astimezone(self.at.tzinfo))
        filed = replace(self.filed, reference=f"{self.filed.reference}-{nth}", occurred_at=None if self.is_own else at)
        return replace(self, filed=filed, at=at)


def report_of(drawn: Invention, estate: Estate, now: datetime, zone: ZoneInfo) -> Report:
    """Draw what is reported at an estate: mostly in service hours, and in the last days more than their share."""
    chance = drawn.chance
    category: Category = chance.choices(words.CATEGORIES, weights=words.CATEGORY_WEIGHTS)[0]
    kind = Kind.REPAIR if category in REPAIRS else Kind(category)
    is_own = drawn.nth % 40 == 7  # noqa: PLR2004 - one in forty
    at = now.astimezone(zone) if is_own else _received(drawn, now.astimezone(zone))
    is_major = category in {Category.EMERGENCY, Category.COMPLAINT} and not is_own and often(drawn, 10)
    return Report(
        estate=estate,
        at=at,
        is_own=is_own,
        filed=FileRequest(
            project_id=estate.project,
            unit=_unit(drawn),
            kind=kind,
            category=category if kind is Kind.REPAIR else None,
            priority=Priority.EMERGENCY if category is Category.EMERGENCY else Priority.NORMAL,
            description=chance.choice(words.SAID[category]),
            reporter=Reporter(name=PersonName(drawn.name()), phone=drawn.phone()),
            channel=Channel.APP if is_own else chance.choices(words.CHANNELS, weights=words.CHANNEL_WEIGHTS)[0],
            major=is_major,
            reference=f"demo-{drawn.seed}-{drawn.nth:05}",
            occurred_at=None if is_own else at,
        ),
    )


def often(drawn: Invention, percent: int) -> bool:
    """Draw whether something is so that is so in so many of a hundred."""
    return drawn.chance.randrange(100) < percent


def _unit(drawn: Invention) -> str:
    building, staircase = drawn.chance.choice(_BUILDINGS), drawn.chance.randrange(1, 4)
    return f"{building}-{staircase}-{drawn.chance.randrange(1, 12)}0{drawn.chance.randrange(1, 5)}"


def _received(drawn: Invention, now: datetime) -> datetime:
    chance = drawn.chance
    days = chance.randrange(_RECENT_DAYS) if often(drawn, 15) else chance.randrange(_RECENT_DAYS, A_YEAR)
    hour = chance.randrange(OPENS, CLOSES) if often(drawn, 85) else chance.randrange(24)
    at = datetime.combine(now.date() - timedelta(days=days), time(hour, chance.randrange(60)), now.tzinfo)
    return min(at, now - timedelta(minutes=chance.randrange(5, 90)))
