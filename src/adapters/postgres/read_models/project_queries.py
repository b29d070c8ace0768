"""What is asked of projects: the page and lists."""

from typing import Final
from uuid import UUID

import asyncpg
import msgspec

from adapters.postgres.connection import Database
from adapters.postgres.read_models.projects import PROJECTS, ProjectRow
from adapters.postgres.read_models.reading import Views, slice_of
from adapters.postgres.read_models.rows import Rows
from adapters.postgres.read_models.zones import ZoneRow, shown
from application.kernel.pages import Slice
from application.projects.queries import (
    CompanyOfProject,
    ManagerInOffice,
    ProjectFilter,
    ProjectPage,
    ProjectStatus,
    SectionOfProject,
    TenureInProject,
    ZoneOfProject,
)
from domain.kernel.area import Area
from domain.kernel.identifiers import CompanyId, LicenceId, LicenceNumber, ProjectId
from domain.projects.events import ProjectKind, Stage

_PROJECT: Final = """
    select p.*, c.name as company_name, m.name as manager_name, m.number as manager_number,
        (
            select json_agg(s order by s.registered) from projects as s where s.section_of = p.id and not s.left_alone
        )::text as sections,
        (
            select json_agg(
                json_build_object(
                    'licence_id', t.licence_id, 'name', l.name, 'since', term -> 'since', 'until', term -> 'until'
                )
                order by (term ->> 'began')::bigint
            )
            from tenures as t
            cross join jsonb_array_elements(t.terms) as term
            left join licences as l on l.id = t.licence_id
            where t.project_id = p.id
        )::text as tenures,
        (
            select json_agg(z order by z.defined) from zones as z where z.project_id = p.id
        )::text as zones
    from projects as p
    left join companies as c on c.id = p.company_id
    left join licences as m on m.id = p.manager_id
"""
_FIND: Final = f"{_PROJECT} where p.id = $1"
_LIST: Final = f"""
    {_PROJECT}
    where p.registered > $1
        and ($2::text is null or p.district = $2)
        and ($3::uuid is null or p.company_id = $3)
        and (not $4 or p.company_id is null)
        and ($5::boolean is null or (p.manager_id is null) = $5)
        and ($6::text is null or strpos(lower(p.name), lower($6)) > 0 or strpos(lower(p.address), lower($6)) > 0)
        and ($7::uuid is null or p.id = $7 or p.section_of = $7)
    order by p.registered limit $8
"""

_ROWS: Final = Rows(PROJECTS)
_SECTIONS: Final = msgspec.json.Decoder(tuple[SectionOfProject, ...])
_TENURES: Final = msgspec.json.Decoder(tuple[TenureInProject, ...])
_ZONES: Final = msgspec.json.Decoder(tuple[ZoneRow, ...])


class PostgresProjectQueries:
    """Answers from the read models."""

    def __init__(self, database: Database) -> None:
        self._views = Views(database)

    async def find(self, project_id: ProjectId) -> ProjectPage | None:
        """Answer one project.

        Raises: ReadModelBehind, Unavailable.
        """
        records = await self._views.fetch(_FIND, project_id)
        return _page(records[0]) if records else None

    async def list(self, wanted: ProjectFilter, *, after: int | None = None, limit: int) -> Slice[ProjectPage]:
        """Answer the projects that pass the filter, in the order of registration, withdrawn ones included.

        Raises: ReadModelBehind, Unavailable.
        """
        records = await self._views.fetch(
            _LIST,
            after or 0,
            None if wanted.district is None else wanted.district.code,
            wanted.company_id,
            wanted.without_company,
            wanted.unmanaged,
            wanted.q,
            wanted.within,
            limit + 1,
        )
        return slice_of(records, [_page(record) for record in records], limit, "registered")


def _page(record: asyncpg.Record) -> ProjectPage:
    row = _ROWS.row(record)
    return ProjectPage(
        id=ProjectId(row.id),
        version=row.version,
        name=row.name,
        district=row.district,
        address=row.address,
        kind=ProjectKind(row.kind),
        # The driver reads 120000 as 1.2E+5; an area has one spelling.
        building_area_m2=Area(row.building_area_m2).square_metres,
        area_estimated=row.area_estimated,
        households=row.households,
        company=_company(row.company_id, record["company_name"]),
        contract=row.contract,
        stage=Stage(row.stage),
        status=ProjectStatus(row.status),
        section_of=None if row.section_of is None else ProjectId(row.section_of),
        sections=() if record["sections"] is None else _SECTIONS.decode(record["sections"]),
        manager=_manager(row, record),
        replacement_due=row.replacement_due,
        over_limit_until=row.over_limit_until,
        tenures=() if record["tenures"] is None else _TENURES.decode(record["tenures"]),
        zones=_zones(record["zones"]),
    )


def _company(company_id: UUID | None, name: str | None) -> CompanyOfProject | None:
    # The company stands in a read model of its own, which may stand still.
    return None if company_id is None else CompanyOfProject(id=CompanyId(company_id), name=name or "")


def _zones(found: str | None) -> tuple[ZoneOfProject, ...]:
    rows = () if found is None else _ZONES.decode(found)
    return tuple(zone for row in rows if (zone := shown(row)) is not None)


def _manager(row: ProjectRow, record: asyncpg.Record) -> ManagerInOffice | None:
    if row.manager_id is None or row.manager_since is None:
        return None
    number = record["manager_number"]
    return ManagerInOffice(
        licence_id=LicenceId(row.manager_id),
        name=record["manager_name"],
        licence_number=None if number is None else LicenceNumber(number),
        since=row.manager_since,
    )
