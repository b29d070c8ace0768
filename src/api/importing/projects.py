"""Importing estates as companies and projects: every row through the use cases, twice as once."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from api.importing.estates import Estate, Terms, estate_of
from api.importing.mapping import ColumnMapping
from api.importing.refusing import Refused, RowRefused, reasons_of
from api.importing.tables import Row, Table
from application.kernel.ports import EventStore
from application.kernel.submission import Submission
from application.use_cases import Commands
from domain.companies.company import COMPANY
from domain.companies.events import CompanyClosed, CompanyRegistered, CompanyRenamed
from domain.companies.registration import RegisterCompany
from domain.kernel.area import Area
from domain.kernel.identifiers import CompanyId
from domain.kernel.rules import RulesBroken
from domain.projects.project import PROJECT

AT_ONCE: Final = 64
_PAGE: Final = 1_000


Refusals = Sequence[Refused]


@dataclass(slots=True, kw_only=True)
class Report:
    """What came of an import; `taken` + `there_already` + rows refused is `rows`."""

    rows: int
    taken: int = 0
    there_already: int = 0
    companies: int = 0
    unmanaged: int = 0
    estimated_areas: int = 0
    too_large_for_one_manager: int = 0
    refused: list[Refused] = field(default_factory=list)

    @property
    def rows_refused(self) -> int:
        """How many rows were refused, for one reason or several."""
        return len({entry.row for entry in self.refused})

    def count(self, estate: Estate, refusals: Refusals, *, is_too_large: bool) -> None:
        """Count a row that could be read: taken, or refused by rules."""
        self.refused += refusals
        if not refusals:
            self.taken += 1
            self.unmanaged += estate.company is None
            self.estimated_areas += estate.area_estimated
            self.too_large_for_one_manager += is_too_large


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportingProjects:
    """Imports a table into a city; run again it finds what is there already and goes on with the rest."""

    commands: Commands
    store: EventStore
    sent: Submission
    most_area: Area

    async def __call__(
        self,
        table: Table,
        mapping: ColumnMapping,
        terms: Terms,
        *,
        dry_run: bool,
        progress: Callable[[int], None],
    ) -> Report:
        """Import every row that can be taken; a dry run only tells which those are."""
        report = Report(rows=len(table.rows))
        estates = list(_readable(table.rows, mapping, terms, report, progress))
        there = await self._there_already(estate for _, estate in estates)
        report.there_already = sum(estate.id in there for _, estate in estates)
        progress(report.there_already)
        wanted = [(row, estate) for row, estate in estates if estate.id not in there]
        companies = await self._companies(wanted, report, dry_run=dry_run)
        for start in range(0, len(wanted), AT_ONCE):
            some = wanted[start : start + AT_ONCE]
            if dry_run:
                outcomes: Sequence[Refusals] = [()] * len(some)
            else:
                outcomes = await asyncio.gather(*(self._register(row, estate, companies) for row, estate in some))
            for (_, estate), refusals in zip(some, outcomes, strict=True):
                report.count(estate, refusals, is_too_large=estate.building_area_m2 > self.most_area)
            progress(len(some))
        report.refused.sort(key=lambda entry: entry.row)
        return report

    async def _there_already(self, estates: Iterable[Estate]) -> set[object]:
        ids = [estate.id for estate in estates]
        there: set[object] = set()
        for start in range(0, len(ids), _PAGE):
            some = {PROJECT.stream(project_id): project_id for project_id in ids[start : start + _PAGE]}
            heads, _ = await self.store.heads(some.keys())
            there |= {some[stream] for stream, version in heads.items() if version}
        return there

    async def _companies(
        self, wanted: Sequence[tuple[Row, Estate]], report: Report, *, dry_run: bool
    ) -> Mapping[str, CompanyId]:
        """Answer the company of every name, registering provisionally those that the city does not know."""
        known = await self._companies_by_name()
        named = (estate.company for _, estate in wanted if estate.company is not None)
        names = list(dict.fromkeys(name for name in named if name not in known))
        report.companies = len(names)
        if dry_run:
            return known
        for start in range(0, len(names), AT_ONCE):
            some = names[start : start + AT_ONCE]
            ids = await asyncio.gather(*(self._register_company(name) for name in some))
            known |= {name: company_id for name, company_id in zip(some, ids, strict=True) if company_id is not None}
        return known

    async def _register_company(self, name: str) -> CompanyId | None:
        """Register a company provisionally; None when its name is taken by one that is closed."""
        try:
            answer = await self.commands.register_company(self.sent, RegisterCompany(name=name))
        except RulesBroken:
            return None
        return CompanyId(answer.receipt.id)

    async def _companies_by_name(self) -> dict[str, CompanyId]:
        """Fold the names of the companies on the register from the log, so that no read model has to be current."""
        names: dict[CompanyId, str] = {}
        for kind in ("company.registered", "company.renamed", "company.closed"):
            after = 0
            while recorded := await self.store.read(after=after, limit=_PAGE, type=kind):
                after = recorded[-1].position
                for entry in recorded:
                    company_id = CompanyId(COMPANY.thing(entry.stream))
                    match entry.event:
                        case CompanyRegistered(name=name) | CompanyRenamed(name=name):
                            names[company_id] = name
                        case CompanyClosed():
                            names.pop(company_id, None)
                        case _:
                            pass
        return {name: company_id for company_id, name in names.items()}

    async def _register(self, row: Row, estate: Estate, companies: Mapping[str, CompanyId]) -> Refusals:
        """Register an estate; answers why not, if not."""
        company_id = None if estate.company is None else companies.get(estate.company)
        if estate.company is not None and company_id is None:
            return (Refused(row.number, "", f"company {estate.company} is on the register, but closed"),)
        try:
            await self.commands.register_project(self.sent, estate.registration(company_id))
        except RulesBroken as refusal:
            return tuple(Refused(row.number, reason.column, reason.sentence) for reason in reasons_of(refusal))
        return ()


def _readable(
    rows: Iterable[Row], mapping: ColumnMapping, terms: Terms, report: Report, progress: Callable[[int], None]
) -> Iterable[tuple[Row, Estate]]:
    """Go through the rows that can be taken; the others, and second rows of one estate, go into the report."""
    first: dict[object, int] = {}
    for row in rows:
        try:
            estate = estate_of(row, mapping, terms)
        except RowRefused as refusal:
            report.refused += [Refused(row.number, reason.column, reason.sentence) for reason in refusal.reasons]
            progress(1)
            continue
        if (line := first.setdefault(estate.id, row.number)) == row.number:
            yield row, estate
        else:
            said = f"stands in line {line} already, with the same district"
            report.refused.append(Refused(row.number, mapping.columns.name, said))
            progress(1)
