"""What is kept of requests for supervision and for learning: missed deadlines, training cases, service records."""

from typing import Final

from starlette.responses import Response

from api.http.answers import one
from api.http.asking import Asking
from api.http.fields import Id, Name
from api.http.lists import listed, resumed
from api.http.query_fields import Cursor, Limit, YearParameter
from api.http.resources import Resource
from application.kernel.permissions import Operation, require
from application.service_requests.queries import OverdueFilter, scope_for
from application.service_requests.records import OverdueEntry, ServiceRecordPage, TrainingCase
from application.use_cases import Queries
from domain.kernel.errors import existing
from domain.kernel.identifiers import LicenceId, ProjectId

supervision: Final = Resource("", tag="service requests")

_READ: Final = Operation.READ_SERVICE_ANALYSIS


@supervision.page("/overdue", _READ, view=OverdueEntry)
async def list_overdue(
    request: Asking, project_id: Id[ProjectId] | None = None, limit: Limit = 50, cursor: Cursor | None = None
) -> Response:
    """List the missed deadlines that were noted, newest first: those for which the caller's own had to answer."""
    queries = request.part(Queries)
    await queries.caught_up(request.min_position)
    wanted = OverdueFilter(project_id=project_id, within=scope_for(request.caller, _READ))
    return listed(request, await queries.service_requests.overdue(wanted, before=resumed(cursor), limit=limit))


@supervision.page("/training-cases", _READ, view=TrainingCase)
async def list_training_cases(
    request: Asking, q: Name | None = None, limit: Limit = 50, cursor: Cursor | None = None
) -> Response:
    """List the complaints that are kept as training cases; they name nobody, so everybody here learns from all."""
    queries = request.part(Queries)
    await queries.caught_up(request.min_position)
    found = await queries.service_requests.training_cases(q=q, before=resumed(cursor), limit=limit)
    return listed(request, found)


@supervision.thing("/licences/{licence_id}/service-record", Operation.READ_LICENCES, view=ServiceRecordPage)
async def read_service_record(
    request: Asking, licence_id: Id[LicenceId], year: YearParameter | None = None
) -> Response:
    """Read a manager's service record of a year, the present one unless said otherwise."""
    queries = request.part(Queries)
    await queries.caught_up(request.min_position)
    thing = existing(await queries.licences.scope(licence_id))
    require(request.caller, Operation.READ_LICENCES, thing, reading=Operation.READ_LICENCES)
    return one(existing(await queries.service_requests.service_record(licence_id, year)))
