"""A service zone (责任区) as decisions see it: its size, its units, who answers for it, and what is posted there."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, assert_never

from domain.kernel.area import Area
from domain.projects.zone_events import ZoneDefined, ZoneKind, ZoneManager, ZoneManagerNamed, ZoneNoticePosted

ZoneEvent = ZoneDefined | ZoneManagerNamed | ZoneNoticePosted


def _about(households: int) -> range:
    """About so many (约): twenty per cent less to twenty per cent more, both included."""
    return range(households * 80 // 100, households * 120 // 100 + 1)


# The text gives these numbers itself and leaves a city no choice but to say why a zone differs.
GENERAL_LEAST: Final = Area.of(70_000)
"""Text 4 客服 三: a zone of a general estate has 70,000–80,000 m² …"""
GENERAL_MOST: Final = Area.of(80_000)
GENERAL_HOUSEHOLDS: Final = _about(400)
"""… and about 400 households."""
VILLA_HOUSEHOLDS: Final = _about(250)
"""Text 4 客服 三: a zone of villas has about 250 households, whatever their area."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneSize:
    """What the text measures a zone by."""

    kind: ZoneKind
    area_m2: Area
    households: int

    @property
    def is_usual(self) -> bool:
        """Tell whether it lies within the bounds of its kind (Text 4 客服 三)."""
        match self.kind:
            case ZoneKind.GENERAL:
                return GENERAL_LEAST <= self.area_m2 <= GENERAL_MOST and self.households in GENERAL_HOUSEHOLDS
            case ZoneKind.VILLA:
                return self.households in VILLA_HOUSEHOLDS
            case _:
                assert_never(self.kind)


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom residents turn to: what a notice shows (Text 4 客服 三(2))."""

    zone_manager: ZoneManager
    hotline: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What hangs at an entrance, and since when."""

    posted_on: date
    shows: Contact


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """One zone; `notices` by entrance; `contact` is None only until the command that defined it has named one."""

    name: str
    size: ZoneSize
    units: frozenset[str]
    reason: str | None
    contact: Contact | None = None
    notices: Mapping[str, Notice] = field(default_factory=dict)

    @property
    def zone_manager(self) -> ZoneManager | None:
        """Who answers for it."""
        return None if self.contact is None else self.contact.zone_manager


def evolve_zone(zone: Zone | None, event: ZoneEvent) -> Zone:
    """Fold an event into the zone that it names; a zone laid out anew keeps its contact and what is posted."""
    if isinstance(event, ZoneDefined):
        laid_out = Zone(
            name=event.name,
            size=ZoneSize(kind=event.kind, area_m2=event.area_m2, households=event.households),
            units=frozenset(event.units),
            reason=event.reason,
        )
        return laid_out if zone is None else replace(laid_out, contact=zone.contact, notices=zone.notices)
    if zone is None:
        raise LookupError(f"the zone {event.name} was never defined")
    contact = Contact(event.zone_manager, event.hotline)
    match event:
        case ZoneManagerNamed():
            return replace(zone, contact=contact)
        case ZoneNoticePosted(entrance=entrance, posted_on=day):
            return replace(zone, notices={**zone.notices, entrance: Notice(day, contact)})
        case _:
            assert_never(event)
