"""What is asked of companies: the page, lists, the credit file."""

from datetime import date
from typing import Final

import asyncpg

from adapters.postgres.connection import Database
from adapters.postgres.read_models.reading import Rulebook, Views, slice_of
from adapters.postgres.read_models.service_figures import CountedService, share
from adapters.postgres.read_models.service_records import service_of_company
from application.companies.queries import (
    CompanyPage,
    CompanyStatus,
    CreditDeduction,
    CreditFilePage,
    CreditRevocation,
)
from application.kernel.pages import Slice
from application.kernel.permissions import Thing
from domain.kernel.district import District
from domain.kernel.identifiers import CompanyId, DeductionId, LicenceId, LicenceNumber, ProjectId
from domain.licensing.licence import DeductionStatus

_COMPANY: Final = """
    select c.*,
        (select count(*) from licences as l where l.company_id = c.id) as managers,
        (select count(*) from projects as p where p.company_id = c.id and p.status = 'active') as projects
    from companies as c
"""
_FIND: Final = f"{_COMPANY} where c.id = $1"
_LIST: Final = f"""
    {_COMPANY}
    where c.registered > $1
        and ($2::text is null or strpos(lower(c.name), lower($2)) > 0 or lower(c.uscc) = lower($2))
        and ($3::uuid is null or c.id = (select p.company_id from projects as p where p.id = $3))
    order by c.registered limit $4
"""  # noqa: S608 - put together from our own text
_SCOPE: Final = """
    select p.id, p.district from companies as c
    left join projects as p on p.company_id = c.id and p.status = 'active'
    where c.id = $1
"""
_DEDUCTIONS: Final = """
    select d.id, d.licence_id, l.name, l.number, d.violation, d.points, d.occurred_on, d.decided_on, d.status
    from deductions as d left join licences as l on l.id = d.licence_id
    where d.company_id = $1 and d.occurred_on between $2 and $3
    order by d.occurred_on, d.charged
"""
_REVOCATIONS: Final = """
    select r.licence_id, l.name, l.number, r.cycle, r.total, r.revoked_on, r.reinstated_on is not null as reinstated
    from revocations as r left join licences as l on l.id = r.licence_id
    where r.company_id = $1 and r.revoked_on between $2 and $3
    order by r.revoked_on, r.position
"""


class PostgresCompanyQueries:
    """Answers from the read models."""

    def __init__(self, database: Database, rulebook: Rulebook) -> None:
        self._views = Views(database)
        self._clock = rulebook.clock
        self._counted = CountedService(self._views, rulebook)

    async def find(self, company_id: CompanyId) -> CompanyPage | None:
        """Answer one company.

        Raises: ReadModelBehind, Unavailable.
        """
        records = await self._views.fetch(_FIND, company_id)
        return _page(records[0]) if records else None

    async def list(
        self,
        *,
        q: str | None = None,
        of_project: ProjectId | None = None,
        after: int | None = None,
        limit: int,
    ) -> Slice[CompanyPage]:
        """Answer the companies with `q` in their name or as their code, in the order of registration.

        Raises: ReadModelBehind, Unavailable.
        """
        records = await self._views.fetch(_LIST, after or 0, q, of_project, limit + 1)
        return slice_of(records, [_page(record) for record in records], limit, "registered")

    async def credit_file(self, company_id: CompanyId, year: int | None = None) -> CreditFilePage | None:
        """Answer what counts in the company's credit file for a year, the present one in the city when it is None.

        A deduction belongs to the year of its violation, a revocation to that of its decision, a service request to
        that of its receipt. Raises: ReadModelBehind, Unavailable.
        """
        company = await self.find(company_id)
        if company is None:
            return None
        in_city = await self._counted.year(year)
        days = date(in_city.number, 1, 1), date(in_city.number, 12, 31)
        charged = await self._views.fetch(_DEDUCTIONS, company_id, *days)
        revoked = await self._views.fetch(_REVOCATIONS, company_id, *days)
        deductions = tuple(_deduction(record) for record in charged)
        service = await service_of_company(self._views, company_id, in_city, self._clock.now())
        counting = (entry.points for entry in deductions if entry.status != DeductionStatus.RESCINDED)
        return CreditFilePage(
            id=company.id,
            version=company.version,
            name=company.name,
            year=in_city.number,
            points=sum(counting),
            deductions=deductions,
            revocations=tuple(_revocation(record) for record in revoked),
            requests=service.requests,
            overdue_requests=service.overdue,
            overdue_share=share(service.overdue, service.requests),
            repairs_completed=service.repairs_completed,
            repairs_visited=service.repairs_visited,
            return_visit_coverage=share(service.repairs_visited, service.repairs_completed),
        )

    async def scope(self, company_id: CompanyId) -> Thing | None:
        """Answer the company itself, its active projects and the districts in which they lie.

        Raises: ReadModelBehind, Unavailable.
        """
        records = await self._views.fetch(_SCOPE, company_id)
        if not records:
            return None
        held = [record for record in records if record["id"] is not None]
        return Thing(
            companies=frozenset({company_id}),
            projects=frozenset(ProjectId(record["id"]) for record in held),
            districts=frozenset(District(record["district"]) for record in held),
        )


def _page(record: asyncpg.Record) -> CompanyPage:
    return CompanyPage(
        id=CompanyId(record["id"]),
        version=record["version"],
        name=record["name"],
        uscc=record["uscc"],
        provisional=record["uscc"] is None,
        status=CompanyStatus(record["status"]),
        managers=record["managers"],
        projects=record["projects"],
    )


def _deduction(record: asyncpg.Record) -> CreditDeduction:
    return CreditDeduction(
        id=DeductionId(record["id"]),
        licence_id=LicenceId(record["licence_id"]),
        name=record["name"],
        licence_number=_number(record),
        violation=record["violation"],
        points=record["points"],
        occurred_on=record["occurred_on"],
        decided_on=record["decided_on"],
        status=record["status"],
    )


def _revocation(record: asyncpg.Record) -> CreditRevocation:
    return CreditRevocation(
        licence_id=LicenceId(record["licence_id"]),
        name=record["name"],
        licence_number=_number(record),
        cycle=record["cycle"],
        total=record["total"],
        revoked_on=record["revoked_on"],
        reinstated=record["reinstated"],
    )


def _number(record: asyncpg.Record) -> LicenceNumber | None:
    return None if record["number"] is None else LicenceNumber(record["number"])
