"""What is kept of service for supervision and for learning: missed deadlines, records of a year, training cases."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

import asyncpg

from adapters.postgres.read_models.reading import Views
from adapters.postgres.read_models.service_figures import Year, share
from adapters.postgres.read_models.service_request_lists import Query, in_reach, overdue_by
from application.service_requests.queries import OverdueFilter, RequestScope
from application.service_requests.records import OverdueEntry, ProjectNamed, ServiceRecordPage, TrainingCase
from domain.kernel.identifiers import CompanyId, LicenceId, ProjectId, ServiceRequestId, ServiceRequestNumber
from domain.service_requests.request import Clock
from domain.service_requests.words import Category, Channel, Kind

_COUNTED: Final = f"""
    count(*) as requests, count(*) filter (where {overdue_by("$4")}) as overdue,
    count(*) filter (where r.kind = 'repair' and r.was_completed) as repairs_completed,
    count(*) filter (where r.kind = 'repair' and r.was_completed and r.was_visited) as repairs_visited
"""
_OF_COMPANY: Final = f"""
    select {_COUNTED}
    from project_companies as c
    cross join jsonb_array_elements(c.terms) as term
    join service_requests as r on r.project_id = c.project_id and r.received_at >= $2 and r.received_at < $3
    where c.terms @> $5::jsonb and (term ->> 'company_id')::uuid = $1
        and r.received_at >= coalesce((term ->> 'since')::timestamptz, '-infinity')
        and r.received_at < coalesce((term ->> 'until')::timestamptz, 'infinity')
"""  # noqa: S608 - put together from our own text
_OF_MANAGER: Final = f"""
    select {_COUNTED}
    from tenures as t
    cross join jsonb_array_elements(t.terms) as term
    join service_requests as r on r.project_id = t.project_id and r.received_at >= $2 and r.received_at < $3
    where t.licence_id = $1
        and r.received_at >= (term ->> 'since')::date::timestamp at time zone $5
        and r.received_at < coalesce(((term ->> 'until')::date + 1)::timestamp at time zone $5, 'infinity')
"""  # noqa: S608 - put together from our own text
_NOTED: Final = """
    select clock, count(*) as noted from service_overdue where licence_id = $1 and due >= $2 and due < $3
    group by clock order by clock
"""
_LICENCE: Final = "select version from licences where id = $1"
_CASES: Final = """
    select r.id, r.archived, r.archived_at, r.lesson, r.kind, r.category, r.channel, r.major, t.number,
        r.late or coalesce(r.due < $4, false) as overdue, r.project_id, p.name as project_name
    from service_requests as r
    join service_request_texts as t on t.id = r.id
    left join projects as p on p.id = r.project_id
    where r.archived is not null and r.archived < $1 and ($2::text is null or strpos(lower(r.lesson), lower($2)) > 0)
    order by r.archived desc limit $3
"""


class YearOfService(NamedTuple):
    """What a year's requests come to."""

    requests: int
    overdue: int
    repairs_completed: int
    repairs_visited: int


async def service_of_company(views: Views, company_id: CompanyId, year: Year, now: datetime) -> YearOfService:
    """Count the requests that a company's projects received while they were with the company.

    Raises: ReadModelBehind, Unavailable.
    """
    named = f'[{{"company_id": "{company_id}"}}]'
    (found,) = await views.fetch(_OF_COMPANY, company_id, year.since, year.until, now, named)
    return YearOfService(*found)


async def service_of_manager(
    views: Views, licence_id: LicenceId, year: Year, now: datetime
) -> ServiceRecordPage | None:
    """Answer a manager's record of a year.

    Raises: ReadModelBehind, Unavailable.
    """
    licences = await views.fetch(_LICENCE, licence_id)
    if not licences:
        return None
    (found,) = await views.fetch(_OF_MANAGER, licence_id, year.since, year.until, now, year.timezone)
    counted = YearOfService(*found)
    noted = await views.fetch(_NOTED, licence_id, year.since, year.until)
    return ServiceRecordPage(
        id=licence_id,
        version=licences[0]["version"],
        year=year.number,
        requests=counted.requests,
        overdue=counted.overdue,
        overdue_share=share(counted.overdue, counted.requests),
        repairs_completed=counted.repairs_completed,
        repairs_visited=counted.repairs_visited,
        return_visit_coverage=share(counted.repairs_visited, counted.repairs_completed),
        noted={record["clock"]: record["noted"] for record in noted},
    )


def noted_overdue(wanted: OverdueFilter, before: int, most: int) -> Query:
    """Ask for missed deadlines as they were noted, newest first."""
    query, within = Query(), wanted.within
    asked = [f"o.noted < {query.place(before, 'bigint')}"]
    named = {
        "o.project_id": (wanted.project_id, "uuid"),
        "o.district": (None if within.district is None else within.district.code, "text"),
        "o.company_id": (within.company_id, "uuid"),
        "o.licence_id": (within.licence_id, "uuid"),
        "r.reported_by": (within.reporter, "text"),
        "r.assignee": (within.assignee, "text"),
    }
    asked += [f"{name} = {query.place(value, kind)}" for name, (value, kind) in named.items() if value is not None]
    if within.project_id is not None:
        asked += in_reach(RequestScope(project_id=within.project_id), "p", query)
    query.sql = f"""
        select o.*, t.number, t.unit, p.name as project_name from service_overdue as o
        left join service_requests as r on r.id = o.request_id
        left join service_request_texts as t on t.id = o.request_id
        left join projects as p on p.id = o.project_id
        where {" and ".join(asked)} order by o.noted desc limit {most:d}
    """  # noqa: S608 - put together from our own text
    return query


async def training_cases(
    views: Views, q: str | None, before: int, most: int, now: datetime
) -> Sequence[asyncpg.Record]:
    """Answer the complaints that were archived, the last one first.

    Raises: ReadModelBehind, Unavailable.
    """
    return await views.fetch(_CASES, before, q, most, now)


def entry_of(record: asyncpg.Record) -> OverdueEntry:
    """Show a missed deadline."""
    number = record["number"]
    return OverdueEntry(
        position=record["noted"],
        request_id=ServiceRequestId(record["request_id"]),
        number=None if number is None else ServiceRequestNumber(number),
        unit=record["unit"],
        clock=Clock(record["clock"]),
        due=record["due"],
        noted_at=record["noted_at"],
        project=_project(record),
        district=record["district"],
        company_id=None if record["company_id"] is None else CompanyId(record["company_id"]),
        licence_id=None if record["licence_id"] is None else LicenceId(record["licence_id"]),
    )


def case_of(record: asyncpg.Record) -> TrainingCase:
    """Show a training case."""
    return TrainingCase(
        id=ServiceRequestId(record["id"]),
        number=ServiceRequestNumber(record["number"]),
        project=_project(record),
        kind=Kind(record["kind"]),
        category=Category(record["category"]),
        channel=Channel(record["channel"]),
        major=record["major"],
        overdue=record["overdue"],
        lesson=record["lesson"],
        archived_at=record["archived_at"],
    )


def _project(record: asyncpg.Record) -> ProjectNamed:
    return ProjectNamed(id=ProjectId(record["project_id"]), name=record["project_name"])
