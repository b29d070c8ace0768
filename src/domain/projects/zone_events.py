"""What has happened to the service zones (责任区) of a project; these names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.kernel.area import Area
from domain.kernel.identifiers import Subject


class ZoneKind(StrEnum):
    """What stands in a zone: a general estate (综合小区) or villas (别墅), each with its own usual size."""

    GENERAL = "general"
    VILLA = "villa"


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneManager:
    """Who answers for a zone (客服经理), posted publicly at every entrance; `subject` is None when only named."""

    name: str
    subject: Subject | None = None

    @property
    def acts_as(self) -> Subject:
        """The subject to whom work is dispatched; one who was only named acts under that name."""
        return Subject(self.name) if self.subject is None else self.subject


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneDefined:
    """A zone is laid out, or laid out anew, with this size and these units (none: it names no units)."""

    name: str
    kind: ZoneKind
    area_m2: Area
    households: int
    units: tuple[str, ...]
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneManagerNamed:
    """From now on this person answers for the zone of this name, and this line (区域服务专线) is its hotline."""

    name: str
    zone_manager: ZoneManager
    hotline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneNoticePosted:
    """A notice (公示牌) hangs at an entrance of the zone of this name and shows this manager and this hotline."""

    name: str
    entrance: str
    posted_on: date
    zone_manager: ZoneManager
    hotline: str
