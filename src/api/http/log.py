"""The log itself, and the read models folded from it, for auditors and operators."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.responses import Response

from api.http.answers import JsonBytes, page, plainly
from api.http.asking import Asking
from api.http.encoding import encode
from api.http.events_stream import events_stream
from api.http.fields import Name, Nothing
from api.http.query_fields import Cursor, Limit, PositionParameter, keyset
from api.http.resources import Resource
from application.kernel.pages import Actor, ProjectionEntry
from application.kernel.permissions import Operation
from application.kernel.ports import Recorded
from application.use_cases import Queries
from domain.kernel.aggregate import StreamName
from domain.kernel.errors import NoSuchThing, Unacceptable

log: Final = Resource("", tag="log")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventEntry:
    """One event of the log, personal values masked; `data` and `by` are null for an event that is not of ours."""

    position: int
    stream: StreamName
    version: int
    type: str
    data: Mapping[str, object] | None
    by: Actor | None
    command: str | None
    recorded_at: datetime

    @classmethod
    def of(cls, recorded: Recorded) -> "EventEntry":
        """Show an event."""
        origin = recorded.origin
        return cls(
            position=recorded.position,
            stream=recorded.stream,
            version=recorded.version,
            type=recorded.type,
            data=recorded.data,
            by=None if origin is None else Actor(subject=origin.subject, role=origin.role),
            command=None if origin is None else origin.command,
            recorded_at=recorded.recorded_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectionPage:
    """All read models; there are few, so `next` is always null."""

    items: tuple[ProjectionEntry, ...]
    next: str | None = None


@log.page("/events", Operation.READ_LOG, view=EventEntry)
async def read_events(
    request: Asking,
    after: PositionParameter = 0,
    type: Name | None = None,  # noqa: A002 - the contract's word
    stream: Name | None = None,
    limit: Limit = 50,
    cursor: Cursor | None = None,
) -> Response:
    """Read the log by position: dense from 1, each event once; a cursor goes on where the last page ended."""
    _require_known(type, request.part(Queries).event_types)
    resumed = keyset(cursor, tuple[int])
    start = after if resumed is None else resumed[0]
    recorded = await request.part(Queries).log.read(
        after=start, limit=limit + 1, type=type, stream=None if stream is None else StreamName(stream)
    )
    shown = recorded[:limit]
    last = (shown[-1].position,) if len(recorded) > limit else None
    return page(request, (EventEntry.of(entry) for entry in shown), last)


def _require_known(type_: str | None, known: frozenset[str]) -> None:
    """Turn away a type that no event has; topics of foreign events (`module:name`) are not known beforehand."""
    if type_ is not None and type_ not in known and ":" not in type_:
        raise Unacceptable("/type", zh="没有这种事件", en="is no type of event, such as licence.points-deducted")


@log.stream("/events/stream", Operation.READ_LOG)
async def follow_events(request: Asking, after: PositionParameter = 0) -> Response:
    """Follow the log as server-sent events; `id:` is the position, `Last-Event-ID` resumes."""
    return await events_stream(request, request.part(Queries).log, after=after, show=EventEntry.of)


@log.other("GET", "/projections", Operation.READ_PROJECTIONS, view=ProjectionPage)
async def read_projections(request: Asking) -> Response:
    """Read how far every read model is."""
    return plainly(ProjectionPage(items=await request.part(Queries).projections.list()))


@log.other("POST", "/projections/{name}/rebuild", Operation.REBUILD_PROJECTIONS, status=202)
async def rebuild_projection(request: Asking, name: Name, body: Nothing | None = None) -> Response:
    """Have a read model rebuilt beside the one in use; there is nothing to say in a body."""
    del body
    if not await request.part(Queries).projections.start_rebuild(name):
        raise NoSuchThing
    return JsonBytes(encode({"name": name}), status=202)
