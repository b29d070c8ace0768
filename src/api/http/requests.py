"""What can be looked up about service requests."""

from typing import Final

from starlette.responses import Response

from api.http.answers import one
from api.http.asking import Asking
from api.http.fields import Choice, Id, Name
from api.http.histories import RefusalPage, history_of, refusals_about
from api.http.lists import listed, resumed
from api.http.query_fields import Cursor, FlagParameter, Limit
from api.http.resources import Resource
from application.kernel.pages import HistoryEntry
from application.kernel.permissions import Operation, Thing, require
from application.service_requests.pages import ServiceRequestPage
from application.service_requests.queries import ServiceRequestFilter, scope_for
from application.use_cases import Queries
from domain.kernel.errors import existing
from domain.kernel.identifiers import ProjectId, ServiceRequestId
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.request import Status
from domain.service_requests.words import Kind

requests: Final = Resource("/service-requests", tag="service requests")

_READ: Final = Operation.READ_SERVICE_REQUESTS


@requests.page("", _READ, view=ServiceRequestPage)
async def list_service_requests(
    request: Asking,
    *,
    project_id: Id[ProjectId] | None = None,
    status: Choice[Status] | None = None,
    kind: Choice[Kind] | None = None,
    overdue: FlagParameter | None = None,
    q: Name | None = None,
    limit: Limit = 50,
    cursor: Cursor | None = None,
) -> Response:
    """List the requests that the caller may read, newest first.

    `overdue=true` are those that have missed a deadline by now; `q` is a part of number, unit, description or result.
    """
    queries = request.part(Queries)
    await queries.caught_up(request.min_position)
    wanted = ServiceRequestFilter(
        project_id=project_id, status=status, kind=kind, overdue=overdue, q=q, within=scope_for(request.caller)
    )
    return listed(request, await queries.service_requests.list(wanted, before=resumed(cursor), limit=limit))


@requests.thing("/{request_id}", _READ, view=ServiceRequestPage)
async def read_service_request(request: Asking, request_id: Id[ServiceRequestId]) -> Response:
    """Read one request; what is overdue is judged as of now."""
    queries = request.part(Queries)
    await queries.caught_up(request.min_position)
    found = existing(await queries.service_requests.find(request_id))
    require(request.caller, _READ, found.thing, reading=_READ)
    return one(found.page)


@requests.page("/{request_id}/history", Operation.READ_HISTORY, view=HistoryEntry)
async def read_service_request_history(
    request: Asking, request_id: Id[ServiceRequestId], limit: Limit = 50, cursor: Cursor | None = None
) -> Response:
    """Read every event of a request."""
    thing = await _visible(request, request_id)
    stream = SERVICE_REQUEST.stream(request_id)
    return await history_of(request, stream, thing, reading=_READ, limit=limit, cursor=cursor)


@requests.page("/{request_id}/refusals", Operation.READ_REFUSALS, view=RefusalPage)
async def read_service_request_refusals(
    request: Asking, request_id: Id[ServiceRequestId], limit: Limit = 50, cursor: Cursor | None = None
) -> Response:
    """Read the commands about a request that rules refused."""
    await _visible(request, request_id)
    return await refusals_about(request, SERVICE_REQUEST.stream(request_id), limit=limit, cursor=cursor)


async def _visible(request: Asking, request_id: ServiceRequestId) -> Thing:
    """Wait for the position asked for, and answer the request's scope when the caller may read it."""
    queries = request.part(Queries)
    await queries.caught_up(request.min_position)
    thing = existing(await queries.service_requests.scope(request_id))
    require(request.caller, _READ, thing, reading=_READ)
    return thing
