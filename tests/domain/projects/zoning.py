"""Zones for tests: a general one of usual size, and what is asked for to get it."""

from dataclasses import replace
from typing import Any, Final

from domain.kernel.area import Area
from domain.kernel.identifiers import Subject
from domain.projects.zone_definition import DefineZone
from domain.projects.zone_events import ZoneDefined, ZoneKind, ZoneManager, ZoneManagerNamed
from tests.domain.projects.builders import ESTATE

WANG: Final = ZoneManager(name="王五", subject=Subject("wang"))
ZHAO: Final = ZoneManager(name="赵六")
HOTLINE: Final = "0514-80000001"

USUAL: Final = DefineZone(
    project_id=ESTATE,
    name="一区",
    kind=ZoneKind.GENERAL,
    area_m2=Area.of(75_000),
    households=400,
    zone_manager=WANG,
    hotline=HOTLINE,
)


def ask(name: str = "一区", *, area: int | str = 75_000, **differently: Any) -> DefineZone:
    return replace(USUAL, name=name, area_m2=Area.of(area), **differently)


def defined(asked: DefineZone = USUAL, **differently: Any) -> ZoneDefined:
    event = ZoneDefined(
        name=asked.name,
        kind=asked.kind,
        area_m2=asked.area_m2,
        households=asked.households,
        units=asked.units,
        reason=asked.reason,
    )
    return replace(event, **differently)


def named(asked: DefineZone = USUAL, **differently: Any) -> ZoneManagerNamed:
    event = ZoneManagerNamed(name=asked.name, zone_manager=asked.zone_manager, hotline=asked.hotline)
    return replace(event, **differently)


def zone(name: str = "一区", **differently: Any) -> tuple[ZoneDefined, ZoneManagerNamed]:
    """What defining a zone leaves behind."""
    asked = ask(name, **differently)
    return defined(asked), named(asked)
