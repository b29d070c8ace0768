"""How a licence's page is put together: from rows that are read, or from rows that are folded for a day in the past."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Final
from uuid import UUID

from adapters.postgres.read_models.deductions import DeductionRow
from adapters.postgres.read_models.licences import HeldProject, LicenceRow
from application.kernel.permissions import Thing
from application.licensing.pages import (
    AppointmentEntry,
    Capacity,
    CompanyOfManager,
    DeductionEntry,
    HolderDetail,
    LicencePage,
    Points,
    RevocationEntry,
)
from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId, DeductionId, LicenceId, LicenceNumber, ProjectId
from domain.kernel.rule_set import Cycle, RuleSets
from domain.licensing.cycles import cycle_of
from domain.licensing.events import CycleLabel
from domain.licensing.licence import DeductionStatus, Licence, Status

MOST_DEDUCTIONS: Final = 20

_YEAR_DIGITS: Final = 4
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the things that a page mentions are called."""

    company: str | None
    projects: Mapping[UUID, str]


def page_of(
    row: LicenceRow, deductions: Iterable[DeductionEntry], names: Names, rule_sets: RuleSets, day: date
) -> LicencePage:
    """Put the page together as it stands on a day; `deductions` come newest first."""
    rules = rule_sets.in_force_on(day)
    cycles = cycles_shown(row.file.standing, rule_sets, day)
    held = Area.total(Area(entry.building_area_m2) for entry in row.appointments)
    return LicencePage(
        id=LicenceId(row.id),
        version=row.version,
        licence_number=None if row.number is None else LicenceNumber(row.number),
        status=Status(row.status),
        holder=HolderDetail(name=row.name, id_number=row.id_number, phone=row.phone),
        company=None if row.company_id is None else CompanyOfManager(id=CompanyId(row.company_id), name=names.company),
        certificates=row.file.certificates,
        appointments=tuple(_appointment(entry, names) for entry in row.appointments),
        capacity=Capacity(
            projects_left=max(rules.max_projects - len(row.appointments), 0),
            area_left_m2=held.left_of(rules.max_area_m2).square_metres,
        ),
        points=Points(
            cycle=cycles[0],
            total=row.file.points.get(cycles[0], 0),
            limit=rules.revocation_points,
            by_cycle={CycleLabel(cycle): total for cycle, total in row.file.points.items()},
        ),
        deductions=tuple(islice((entry for entry in deductions if entry.cycle in cycles), MOST_DEDUCTIONS)),
        warnings=row.file.warnings,
        revocation=_revocation(row),
        proposed_revocation=next(iter(row.file.proposals), None),
        annual_inspections=row.file.inspections,
    )


def thing_of_licence(row: LicenceRow) -> Thing:
    """Answer what a reader's permission is measured against."""
    return scope_of(LicenceId(row.id), row.employer_id, row.appointments)


def scope_of(licence_id: LicenceId, employer_id: UUID | None, appointments: Sequence[HeldProject]) -> Thing:
    """Answer the company whose manager this is, and the projects and districts of the appointments held now."""
    return Thing(
        companies=frozenset() if employer_id is None else frozenset({CompanyId(employer_id)}),
        licences=frozenset({licence_id}),
        projects=frozenset(ProjectId(entry.project_id) for entry in appointments),
        districts=frozenset(District(entry.district) for entry in appointments),
    )


def entry_of(row: DeductionRow) -> DeductionEntry:
    """Show a deduction."""
    return DeductionEntry(
        id=DeductionId(row.id),
        violation=row.violation,
        points=row.points,
        occurred_on=row.occurred_on,
        decided_on=row.decided_on,
        cycle=CycleLabel(row.cycle),
        rule_set=row.rule_set,
        object_by=row.object_by,
        status=DeductionStatus(row.status),
        objection=row.objection,
    )


def cycles_shown(standing: Licence, rule_sets: RuleSets, day: date) -> tuple[CycleLabel, CycleLabel]:
    """Answer the cycle that a day belongs to and the one before it, each by the rules of its time."""
    present = cycle_of(standing, day, rule_sets.in_force_on(day))
    first_day = date(int(present), 1, 1) if len(present) == _YEAR_DIGITS else date.fromisoformat(present)
    day_before = first_day - _ONE_DAY
    return present, cycle_of(standing, day_before, rule_sets.in_force_on(day_before))


def calendar_cycles(rule_sets: RuleSets, day: date) -> Sequence[CycleLabel] | None:
    """Answer the two cycles shown when they are the same for every licence; None when each has its own."""
    days = (day, date(day.year - 1, 12, 31))
    if any(rule_sets.in_force_on(each).cycle is not Cycle.CALENDAR_YEAR for each in days):
        return None
    return [CycleLabel(str(each.year)) for each in days]


def _revocation(row: LicenceRow) -> RevocationEntry | None:
    standing = row.file.standing.revoked_by
    return None if standing is None else next(entry for entry in row.file.revocations if entry.cycle == standing.cycle)


def _appointment(entry: HeldProject, names: Names) -> AppointmentEntry:
    return AppointmentEntry(
        project_id=ProjectId(entry.project_id),
        project_name=names.projects.get(entry.project_id),
        building_area_m2=entry.building_area_m2,
        since=entry.since,
    )
