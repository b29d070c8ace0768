"""What can be looked up about licences."""

from typing import Final

from starlette.responses import Response

from api.http.answers import one
from api.http.asking import Asking
from api.http.fields import Choice, Day, Id, Name
from api.http.histories import RefusalPage, history_of, refusals_about
from api.http.lists import listed, resumed
from api.http.query_fields import Cursor, Limit
from api.http.resources import Resource
from application.kernel.pages import HistoryEntry
from application.kernel.permissions import Operation, Thing, own_project_only, require
from application.licensing.pages import DeductionEntry, LicenceEntry, LicencePage
from application.licensing.queries import LicenceFilter, published_only, sees_detail
from application.use_cases import Queries
from domain.kernel.errors import existing
from domain.kernel.identifiers import CompanyId, LicenceId
from domain.licensing.folding import LICENCE
from domain.licensing.licence import Status

licences: Final = Resource("/licences", tag="licences")


@licences.page("", Operation.READ_LICENCES, view=LicenceEntry)
async def list_licences(
    request: Asking,
    status: Choice[Status] | None = None,
    company_id: Id[CompanyId] | None = None,
    q: Name | None = None,
    limit: Limit = 50,
    cursor: Cursor | None = None,
) -> Response:
    """List licences in the order of opening; `q` is a part of the name or of the number."""
    await request.part(Queries).caught_up(request.min_position)
    wanted = LicenceFilter(
        status=status,
        company_id=company_id,
        q=q,
        of_project=own_project_only(request.caller, Operation.READ_LICENCES),
    )
    return listed(request, await request.part(Queries).licences.list(wanted, after=resumed(cursor), limit=limit))


@licences.thing("/{licence_id}", Operation.READ_LICENCES, view=LicencePage)
async def read_licence(request: Asking, licence_id: Id[LicenceId], as_of: Day | None = None) -> Response:
    """Read one licence as it stands, or as it stood at the end of a day in the city."""
    queries = request.part(Queries)
    if as_of is not None:
        return one(existing(await queries.licences.as_of(licence_id, as_of)).seen_by(request.caller))
    await queries.caught_up(request.min_position)
    return one(existing(await queries.licences.find(licence_id)).seen_by(request.caller))


@licences.page("/{licence_id}/deductions", Operation.READ_LICENCES, view=DeductionEntry)
async def list_deductions(
    request: Asking, licence_id: Id[LicenceId], limit: Limit = 50, cursor: Cursor | None = None
) -> Response:
    """List all deductions of a licence, newest first."""
    thing = await _visible(request, licence_id)
    found = await request.part(Queries).licences.deductions(licence_id, before=resumed(cursor), limit=limit)
    return listed(request, found if sees_detail(request.caller, thing) else published_only(found))


@licences.page("/{licence_id}/history", Operation.READ_HISTORY, view=HistoryEntry)
async def read_licence_history(
    request: Asking, licence_id: Id[LicenceId], limit: Limit = 50, cursor: Cursor | None = None
) -> Response:
    """Read every event of a licence."""
    thing = await _visible(request, licence_id)
    return await history_of(
        request,
        LICENCE.stream(licence_id),
        thing,
        reading=Operation.READ_LICENCES,
        limit=limit,
        cursor=cursor,
    )


@licences.page("/{licence_id}/refusals", Operation.READ_REFUSALS, view=RefusalPage)
async def read_licence_refusals(
    request: Asking, licence_id: Id[LicenceId], limit: Limit = 50, cursor: Cursor | None = None
) -> Response:
    """Read the requests about a licence that rules refused."""
    await _visible(request, licence_id)
    return await refusals_about(request, LICENCE.stream(licence_id), limit=limit, cursor=cursor)


async def _visible(request: Asking, licence_id: LicenceId) -> Thing:
    """Wait for the position asked for, and answer the licence's scope when the caller may read it."""
    queries = request.part(Queries)
    await queries.caught_up(request.min_position)
    thing = existing(await queries.licences.scope(licence_id))
    require(request.caller, Operation.READ_LICENCES, thing, reading=Operation.READ_LICENCES)
    return thing
