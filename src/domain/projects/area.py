"""Amending a building area: the sections must still fit, and what is amended is no estimate any more.

What the amendment means for the manager in office is decided with the licence.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.kernel.area import Area
from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import ProjectId
from domain.kernel.rules import check
from domain.projects.events import AreaAmended, OverLimitTolerated, ProjectEvent, SectionAreaAmended
from domain.projects.project import Project
from domain.projects.rules import Case, project_is_on_register, sections_fit_in_the_area

MOST_TOLERATED_DAYS: Final = 30
"""So many days ahead, at most, may a manager be left with more area than the limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendArea:
    """Amend a project's building area, and say what is to become of a manager who would pass the limit with it."""

    project_id: ProjectId
    building_area_m2: Area
    reason: str
    relieve_manager: bool = False
    over_limit_until: date | None = None


def amend_area(project: Project, asked: AmendArea, *, parent: Project | None, today: date) -> list[ProjectEvent]:
    """Amend the area; `parent` is the project that this one is a section of.

    The same area again is nothing to do, unless it was an estimate: then it is confirmed.
    Raises: RulesBroken; Unacceptable for an area of nothing, two ways at once, or a tolerance beyond its bounds.
    """
    _acceptable(asked, today)
    check(_case(project, asked, parent), project_is_on_register, sections_fit_in_the_area)
    if project.building_area_m2 == asked.building_area_m2 and not project.area_estimated:
        return []
    return [AreaAmended(building_area_m2=asked.building_area_m2, reason=asked.reason)]


def amend_section(parent: Project, asked: AmendArea) -> list[ProjectEvent]:
    """Note the amended area of a section in its parent."""
    if parent.sections.get(asked.project_id) == asked.building_area_m2:
        return []
    return [SectionAreaAmended(section_id=asked.project_id, building_area_m2=asked.building_area_m2)]


def tolerate_over_limit(project: Project, until: date) -> list[ProjectEvent]:
    """Let the manager in office hold more area than the limit through a day that `amend_area` has judged.

    `project` is the project after the amendment, which ends an earlier tolerance.
    """
    if project.manager is None or project.over_limit_until == until:
        return []
    return [OverLimitTolerated(licence_id=project.manager.licence_id, over_limit_until=until)]


def _case(project: Project, asked: AmendArea, parent: Project | None) -> Case:
    """A section is measured with its siblings against the parent, a whole project against its own sections."""
    if parent is None:
        return Case(project=project, whole=asked.building_area_m2, parts=tuple(project.sections.values()))
    parts = {**parent.sections, asked.project_id: asked.building_area_m2}
    return Case(project=project, parent=parent, whole=parent.building_area_m2, parts=tuple(parts.values()))


def _acceptable(asked: AmendArea, today: date) -> None:
    if not asked.building_area_m2.square_metres:
        raise Unacceptable("/building_area_m2", zh="必须大于零", en="must be more than zero")
    if asked.over_limit_until is None:
        return
    if asked.relieve_manager:
        raise Unacceptable(
            "/over_limit_until", zh="不得与 relieve_manager 同时给出", en="cannot go together with relieve_manager"
        )
    latest = today + timedelta(days=MOST_TOLERATED_DAYS)
    if not today <= asked.over_limit_until <= latest:
        raise Unacceptable(
            "/over_limit_until", zh=f"必须在 {today} 与 {latest} 之间", en=f"must be between {today} and {latest}"
        )
