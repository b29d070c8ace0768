"""Amending a building area: the project, its parent, and the manager in office who may pass the limit with it."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from application.processes.consequences import carry_over
from application.processes.relieving_manager import manager_in_office
from application.projects.scope import project_thing
from domain.kernel.identifiers import LicenceId
from domain.kernel.rules import check, together
from domain.licensing.appointment import (
    Holding,
    area_is_small_enough,
    change_appointed_area,
    holding_with,
    relieve,
)
from domain.licensing.events import LicenceEvent
from domain.licensing.licence import Licence
from domain.projects.area import AmendArea, amend_area, amend_section, tolerate_over_limit
from domain.projects.project import PROJECT, Project


@dataclass(frozen=True, slots=True)
class AmendingArea:
    """Amend the area; over the limit relieve the manager or tolerate it for a while, as the clerk has said."""

    command: ClassVar[str] = "amend-area"

    async def __call__(self, dossier: Dossier, asked: AmendArea) -> None:
        """Decide on the dossier."""
        project = await dossier.open(PROJECT, asked.project_id)
        await dossier.admit(
            Operation.KEEP_PROJECTS, project_thing(asked.project_id, project), reading=Operation.READ_PROJECTS
        )
        rules, today = await dossier.rules_today()
        parent: Project | None = None
        if project.section_of is not None:
            parent = await dossier.read(PROJECT, project.section_of)
        in_office = await manager_in_office(dossier, project)
        holding = None
        if in_office is not None:
            holding = holding_with(in_office[1], asked.project_id, asked.building_area_m2, rules)
        amended = together(
            lambda: amend_area(project, asked, parent=parent, today=today),
            lambda: _check_unless_told_how(holding, asked, project),
        )
        dossier.add(PROJECT, asked.project_id, amended)
        if amended and parent is not None and project.section_of is not None:
            dossier.add(PROJECT, project.section_of, amend_section(parent, asked))
        if in_office is not None and holding is not None:
            after = PROJECT.fold(amended, project) or project
            changed = change_appointed_area(asked.project_id, asked.building_area_m2) if amended else []
            await _carry(dossier, asked, after, in_office, changed, is_over=holding.is_over_the_limit)


def _check_unless_told_how(holding: Holding | None, asked: AmendArea, project: Project) -> None:
    """Judge the total, unless the clerk has said how it is to be mended, or the area stays what it is."""
    is_told = asked.relieve_manager or asked.over_limit_until is not None
    if holding is not None and not is_told and asked.building_area_m2 != project.building_area_m2:
        check(holding, area_is_small_enough)


async def _carry(
    dossier: Dossier,
    asked: AmendArea,
    project: Project,
    in_office: tuple[LicenceId, Licence],
    changed: list[LicenceEvent],
    *,
    is_over: bool,
) -> None:
    """Tell the licence of the manager in office, and do what the clerk said when the limit is passed."""
    licence_id, licence = in_office
    if is_over and asked.relieve_manager:
        changed += relieve(licence, asked.project_id, reason=asked.reason, today=await dossier.today())
    elif is_over and asked.over_limit_until is not None:
        dossier.add(PROJECT, asked.project_id, tolerate_over_limit(project, asked.over_limit_until))
    await carry_over(dossier, licence_id, changed)
