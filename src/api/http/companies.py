"""What can be looked up about companies."""

from typing import Final

from starlette.responses import Response

from api.http.answers import one
from api.http.asking import Asking
from api.http.fields import Id, Name
from api.http.histories import RefusalPage, history_of, refusals_about
from api.http.lists import listed, resumed
from api.http.query_fields import Cursor, Limit, YearParameter
from api.http.resources import Resource
from application.companies.queries import CompanyPage, CreditFilePage
from application.kernel.pages import HistoryEntry
from application.kernel.permissions import Operation, Thing, own_project_only, require
from application.use_cases import Queries
from domain.companies.company import COMPANY
from domain.kernel.errors import existing
from domain.kernel.identifiers import CompanyId

companies: Final = Resource("/companies", tag="companies")


@companies.page("", Operation.READ_COMPANIES, view=CompanyPage)
async def list_companies(
    request: Asking, q: Name | None = None, limit: Limit = 50, cursor: Cursor | None = None
) -> Response:
    """List companies in the order of registration; `q` is a part of the name, or the code."""
    await request.part(Queries).caught_up(request.min_position)
    project = own_project_only(request.caller, Operation.READ_COMPANIES)
    found = await request.part(Queries).companies.list(q=q, of_project=project, after=resumed(cursor), limit=limit)
    return listed(request, found)


@companies.thing("/{company_id}", Operation.READ_COMPANIES, view=CompanyPage)
async def read_company(request: Asking, company_id: Id[CompanyId]) -> Response:
    """Read one company."""
    await _visible(request, company_id)
    return one(existing(await request.part(Queries).companies.find(company_id)))


@companies.thing("/{company_id}/credit-file", Operation.READ_COMPANIES, view=CreditFilePage)
async def read_credit_file(request: Asking, company_id: Id[CompanyId], year: YearParameter | None = None) -> Response:
    """Read what counts in the company's credit file (诚信档案) for a year, the present one when none is named."""
    await _visible(request, company_id)
    return one(existing(await request.part(Queries).companies.credit_file(company_id, year)))


@companies.page("/{company_id}/history", Operation.READ_HISTORY, view=HistoryEntry)
async def read_company_history(
    request: Asking, company_id: Id[CompanyId], limit: Limit = 50, cursor: Cursor | None = None
) -> Response:
    """Read every event of a company."""
    thing = await _visible(request, company_id)
    return await history_of(
        request,
        COMPANY.stream(company_id),
        thing,
        reading=Operation.READ_COMPANIES,
        limit=limit,
        cursor=cursor,
    )


@companies.page("/{company_id}/refusals", Operation.READ_REFUSALS, view=RefusalPage)
async def read_company_refusals(
    request: Asking, company_id: Id[CompanyId], limit: Limit = 50, cursor: Cursor | None = None
) -> Response:
    """Read the requests about a company that rules refused."""
    await _visible(request, company_id)
    return await refusals_about(request, COMPANY.stream(company_id), limit=limit, cursor=cursor)


async def _visible(request: Asking, company_id: CompanyId) -> Thing:
    """Wait for the position asked for, and answer the company's scope when the caller may read it."""
    queries = request.part(Queries)
    await queries.caught_up(request.min_position)
    thing = existing(await queries.companies.scope(company_id))
    require(request.caller, Operation.READ_COMPANIES, thing, reading=Operation.READ_COMPANIES)
    return thing
