"""Defining a service zone, again or for the first time, and naming who answers for it (Text 4 客服 三)."""

from dataclasses import dataclass
from typing import Final

from domain.kernel.area import Area
from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import ProjectId
from domain.kernel.rules import Rule, check, together
from domain.projects.events import ProjectEvent
from domain.projects.project import Project
from domain.projects.rules import Case, project_is_on_register
from domain.projects.zone import Contact, Zone, ZoneSize
from domain.projects.zone_events import ZoneDefined, ZoneKind, ZoneManager, ZoneManagerNamed
from domain.projects.zones import DASH


@dataclass(frozen=True, slots=True, kw_only=True)
class DefineZone:
    """Have a project's zone of this name be so; what it leaves out of `units` the zone no longer names."""

    project_id: ProjectId
    name: str
    kind: ZoneKind
    area_m2: Area
    households: int
    zone_manager: ZoneManager
    hotline: str
    units: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def size(self) -> ZoneSize:
        """What the text measures it by."""
        return ZoneSize(kind=self.kind, area_m2=self.area_m2, households=self.households)


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneCase:
    """What the rules look at: the zone asked for, the one of its name that stands, and the project's others."""

    asked: DefineZone
    standing: Zone | None
    others: tuple[Zone, ...]

    @property
    def keeps_its_size(self) -> bool:
        """Tell whether it stands in this size already."""
        return self.standing is not None and self.standing.size == self.asked.size


def _is_odd_without_reason(case: ZoneCase) -> bool:
    """Judge the zone that is asked for, never one that stands.

    A project's only zone is as large as the project happens to be. When a second comes beside it the first is not
    judged after the fact, nor is it when it is defined again in the size in which it stands: a reason that was given
    for that size goes on holding, and a first zone that needed none needs none to change its manager.
    """
    return bool(case.others) and not case.keeps_its_size and not case.asked.size.is_usual and case.asked.reason is None


def _shares_a_unit(case: ZoneCase) -> bool:
    """A staircase taken out of another zone's building (`3-2` beside `3`) is no overlap: the longest name holds."""
    return any(not zone.units.isdisjoint(case.asked.units) for zone in case.others)


size_is_usual_or_explained: Final = Rule[ZoneCase](
    code="zone.size-without-reason",
    zh="责任区规模超出标准(综合小区7~8万平方米、约400户,别墅约250户,户数可上下浮动20%),须说明理由",
    en="a zone outside the usual size (a general estate 70,000–80,000 m² and 320–480 households, villas 200–300 "
    "households) needs a reason",
    cites="Text 4 客服 三(1); reading: about is ±20 %, a project's only zone needs no reason",
    is_broken_by=_is_odd_without_reason,
)
units_are_free: Final = Rule[ZoneCase](
    code="zone.unit-in-another-zone",
    zh="所列楼栋、单元或户室已属于本项目的另一责任区",
    en="a building, staircase or household named here belongs to another zone of the project",
    cites="Text 4 客服 三(3); reading: one zone manager answers for a household",
    is_broken_by=_shares_a_unit,
)


def define_zone(project: Project, asked: DefineZone) -> list[ProjectEvent]:
    """Lay the zone out and name its manager and hotline, as far as they are not so already.

    Raises: RulesBroken; Unacceptable for no area, households below zero, or a unit that could never be found.
    """
    _acceptable(asked)
    standing = project.zones.get(asked.name)
    others = tuple(zone for name, zone in project.zones.items() if name != asked.name)
    case = ZoneCase(asked=asked, standing=standing, others=others)
    together(
        lambda: check(Case(project=project), project_is_on_register),
        lambda: check(case, size_is_usual_or_explained, units_are_free),
    )
    return [*_laid_out(case), *_named(case)]


def _laid_out(case: ZoneCase) -> list[ProjectEvent]:
    asked, standing = case.asked, case.standing
    reason = asked.reason
    if reason is None and standing is not None and case.keeps_its_size:
        reason = standing.reason
    stands = standing and (standing.size, standing.units, standing.reason)
    if stands == (asked.size, frozenset(asked.units), reason):
        return []
    return [
        ZoneDefined(
            name=asked.name,
            kind=asked.kind,
            area_m2=asked.area_m2,
            households=asked.households,
            units=tuple(dict.fromkeys(asked.units)),
            reason=reason,
        )
    ]


def _named(case: ZoneCase) -> list[ProjectEvent]:
    asked = case.asked
    if case.standing is not None and case.standing.contact == Contact(asked.zone_manager, asked.hotline):
        return []
    return [ZoneManagerNamed(name=asked.name, zone_manager=asked.zone_manager, hotline=asked.hotline)]


def _acceptable(asked: DefineZone) -> None:
    if not asked.area_m2.square_metres:
        raise Unacceptable("/area_m2", zh="必须大于零", en="must be more than zero")
    if asked.households < 0:
        raise Unacceptable("/households", zh="不得为负数", en="must not be negative")
    for nth, unit in enumerate(asked.units):
        # With a part left empty, as in `3-`, it would hold for no household, and nobody would notice.
        if not all(part.strip() for part in unit.split(DASH)):
            raise Unacceptable(
                f"/units/{nth}",
                zh="须为楼栋、单元或户室,如 3、3-2、3-2-501",
                en="must name a building, staircase or household, as 3, 3-2 or 3-2-501",
            )
