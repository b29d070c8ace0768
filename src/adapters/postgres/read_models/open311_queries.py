"""What anybody may ask of service requests: no column is read here that holds anything personal."""

from collections.abc import Collection
from typing import Final

import asyncpg

from adapters.postgres.connection import Database
from adapters.postgres.read_models.reading import Views
from application.service_requests.public import PublicRequest, PublicRequestFilter
from domain.kernel.identifiers import ProjectId, ServiceRequestId, ServiceRequestNumber
from domain.service_requests.request import Status
from domain.service_requests.words import Category, PauseReason

_SHOWN: Final = """
    select r.id, t.number, r.category, r.status, r.pause_reason,
        r.story ->> 'referral' is not null as is_referred, r.duplicate_of is not null as is_duplicate,
        r.received_at, r.last_step_at, r.resolve_by, r.project_id, p.name as project_name, p.address, c.name as company
    from service_requests as r
    join service_request_texts as t on t.id = r.id
    left join projects as p on p.id = r.project_id
    left join companies as c on c.id = p.company_id
    where r.id = any(array({which}))
    order by r.received_at desc, r.id desc
"""
_NAMED: Final = _SHOWN.format(
    which="""
        select unnest($1::uuid[]) union select id from service_request_texts where number = any($2::text[])
    """
)
# The page is found in the index over these days alone; only what stands on it is read and joined.
_LIST: Final = _SHOWN.format(
    which="""
        select id from service_requests
        where received_at between $1 and $2
            and ($3::text[] is null or category = any($3))
            and ($4::boolean is null or (ended_at is not null) = $4)
        order by received_at desc, id desc offset $5 limit $6
    """
)


class PostgresPublicRequests:
    """Answers from the read models."""

    def __init__(self, database: Database) -> None:
        self._views = Views(database)

    async def named(
        self, *, ids: Collection[ServiceRequestId] = (), numbers: Collection[ServiceRequestNumber] = ()
    ) -> tuple[PublicRequest, ...]:
        """Answer the requests with these ids or numbers.

        Raises: ReadModelBehind, Unavailable.
        """
        records = await self._views.fetch(_NAMED, list(ids), list(numbers))
        return tuple(_shown(record) for record in records)

    async def list(self, wanted: PublicRequestFilter, *, skip: int = 0, limit: int) -> tuple[PublicRequest, ...]:
        """Answer so many of the requests that pass the filter.

        Raises: ReadModelBehind, Unavailable.
        """
        categories = None if wanted.categories is None else sorted(wanted.categories)
        records = await self._views.fetch(_LIST, wanted.since, wanted.until, categories, wanted.has_ended, skip, limit)
        return tuple(_shown(record) for record in records)


def _shown(record: asyncpg.Record) -> PublicRequest:
    pause = record["pause_reason"]
    return PublicRequest(
        id=ServiceRequestId(record["id"]),
        number=ServiceRequestNumber(record["number"]),
        category=Category(record["category"]),
        status=Status(record["status"]),
        pause_reason=None if pause is None else PauseReason(pause),
        is_referred=record["is_referred"],
        is_duplicate=record["is_duplicate"],
        received_at=record["received_at"],
        changed_at=record["last_step_at"],
        resolve_by=record["resolve_by"],
        project_id=ProjectId(record["project_id"]),
        project_name=record["project_name"],
        address=record["address"],
        company=record["company"],
    )
