"""A licence's page as of a day in the past: the same rows and the same page, folded from the log up to that day."""

from collections.abc import Sequence
from datetime import date
from itertools import takewhile
from typing import TypeVar
from uuid import UUID

from adapters.postgres.connection import Connection
from adapters.postgres.facts import Facts
from adapters.postgres.read_models.companies import COMPANIES
from adapters.postgres.read_models.deductions import DEDUCTIONS
from adapters.postgres.read_models.licence_pages import Names, entry_of, page_of, thing_of_licence
from adapters.postgres.read_models.licences import LICENCES, LicenceRow
from adapters.postgres.read_models.model import Fact, ReadModel, Row
from adapters.postgres.read_models.projects import PROJECTS
from application.licensing.queries import LicenceOnFile
from domain.companies.company import COMPANY
from domain.kernel.identifiers import LicenceId
from domain.kernel.rule_set import RuleSets
from domain.licensing.folding import LICENCE
from domain.projects.project import PROJECT

RowT = TypeVar("RowT", bound=Row)


async def as_of(
    connection: Connection, facts: Facts, rule_sets: RuleSets, licence_id: LicenceId, day: date
) -> LicenceOnFile | None:
    """Answer the licence as it stood at the end of a day in the city; None before it existed.

    Names are those of that day too; who may see it is measured by where the licence stands now.
    """

    def by_then(told: Sequence[Fact]) -> Sequence[Fact]:
        return list(takewhile(lambda fact: rule_sets.today(fact.recorded_at) <= day, told))

    history = await facts.of_streams(connection, [LICENCE.stream(licence_id)])
    standing = _rows(LICENCES, history)
    row = next(iter(_rows(LICENCES, by_then(history))), None)
    if row is None:
        return None
    deductions = sorted(_rows(DEDUCTIONS, by_then(history)), key=lambda each: each.charged, reverse=True)
    names = _names(row, by_then(await facts.of_streams(connection, _mentioned(row))))
    page = page_of(row, map(entry_of, deductions), names, rule_sets, day)
    return LicenceOnFile(page=page, thing=thing_of_licence(standing[0]))


def _mentioned(row: LicenceRow) -> Sequence[str]:
    """Name the streams of the things that the page mentions."""
    companies = [] if row.company_id is None else [COMPANY.stream(row.company_id)]
    return [*companies, *(PROJECT.stream(held.project_id) for held in row.appointments)]


def _names(row: LicenceRow, told: Sequence[Fact]) -> Names:
    companies: dict[UUID, str] = {each.id: each.name for each in _rows(COMPANIES, told)}
    projects: dict[UUID, str] = {each.id: each.name for each in _rows(PROJECTS, told)}
    return Names(company=None if row.company_id is None else companies.get(row.company_id), projects=projects)


def _rows(model: ReadModel[RowT], facts: Sequence[Fact]) -> Sequence[RowT]:
    return [row for row in model.changed({}, model.followed(facts)).values() if row is not None]
