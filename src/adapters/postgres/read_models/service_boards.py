"""A project's board, put together from its requests that have not ended; few, however many there were."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

import asyncpg

from adapters.postgres.read_models.reading import Views
from adapters.postgres.read_models.service_request_lists import overdue_by
from adapters.postgres.read_models.service_request_pages import assignee_of
from application.service_requests.boards import CardOnTheBoard, ProjectBoard, ZoneOnTheBoard
from domain.kernel.identifiers import ProjectId, ServiceRequestId, ServiceRequestNumber
from domain.service_requests.request import Status
from domain.service_requests.words import Category, Kind

CARDS: Final = 50

_OVERDUE: Final = overdue_by("$2")
_PROJECT: Final = "select version, name from projects where id = $1"
_ZONES: Final = """
    select name, zone_manager ->> 'name' as zone_manager from zones where project_id = $1 order by defined
"""
_COUNTS: Final = f"""
    select r.zone, count(*) as open, count(*) filter (where {_OVERDUE}) as overdue,
        count(*) filter (where r.status = 'completed' and r.kind = 'repair' and not r.was_visited) as waiting_for_visit
    from service_requests as r where r.project_id = $1 and r.ended_at is null
    group by r.zone order by r.zone nulls last
"""  # noqa: S608 - put together from our own text
_CARDS: Final = f"""
    select r.id, t.number, t.unit, r.zone, r.kind, r.category, r.major, r.status, r.assignee, r.assignee_name, r.due,
        {_OVERDUE} is true as overdue
    from service_requests as r join service_request_texts as t on t.id = r.id
    where r.project_id = $1 and r.ended_at is null
    order by r.due nulls last, r.received limit {CARDS}
"""  # noqa: S608 - put together from our own text


async def board_of(views: Views, project_id: ProjectId, now: datetime) -> ProjectBoard | None:
    """Answer a project's board.

    Raises: ReadModelBehind, Unavailable.
    """
    projects = await views.fetch(_PROJECT, project_id)
    if not projects:
        return None
    counts = await views.fetch(_COUNTS, project_id, now)
    by_zone = tuple(_zones(await views.fetch(_ZONES, project_id), counts))
    cards = await views.fetch(_CARDS, project_id, now)
    return ProjectBoard(
        id=project_id,
        version=projects[0]["version"],
        name=projects[0]["name"],
        open=sum(zone.open for zone in by_zone),
        overdue=sum(zone.overdue for zone in by_zone),
        waiting_for_visit=sum(zone.waiting_for_visit for zone in by_zone),
        by_zone=by_zone,
        most_urgent=tuple(_card(record) for record in cards),
    )


def _zones(zones: Sequence[asyncpg.Record], counts: Sequence[asyncpg.Record]) -> Iterator[ZoneOnTheBoard]:
    """Answer every zone, in the order in which they were defined, then what lies in none."""
    counted = {record["zone"]: record for record in counts}
    managers = {record["name"]: record["zone_manager"] for record in zones}
    for name in (*managers, *(name for name in counted if name not in managers)):
        found = counted.get(name)
        yield ZoneOnTheBoard(
            zone=name,
            zone_manager=managers.get(name),
            open=found["open"] if found else 0,
            overdue=found["overdue"] if found else 0,
            waiting_for_visit=found["waiting_for_visit"] if found else 0,
        )


def _card(record: asyncpg.Record) -> CardOnTheBoard:
    return CardOnTheBoard(
        id=ServiceRequestId(record["id"]),
        number=ServiceRequestNumber(record["number"]),
        unit=record["unit"],
        zone=record["zone"],
        kind=Kind(record["kind"]),
        category=Category(record["category"]),
        major=record["major"],
        status=Status(record["status"]),
        assignee=assignee_of(record["assignee"], record["assignee_name"]),
        due=record["due"],
        overdue=record["overdue"],
    )
