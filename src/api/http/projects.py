"""What can be looked up about projects."""

from typing import Final

from starlette.responses import Response

from api.http.answers import one
from api.http.asking import Asking
from api.http.fields import DistrictCode, Id, IdOrNone, Name
from api.http.histories import RefusalPage, history_of, refusals_about
from api.http.lists import listed, resumed
from api.http.query_fields import Cursor, FlagParameter, Limit
from api.http.resources import Resource
from application.kernel.pages import HistoryEntry
from application.kernel.permissions import Operation, own_project_only, require
from application.projects.queries import ProjectFilter, ProjectPage
from application.use_cases import Queries
from domain.kernel.errors import existing
from domain.kernel.identifiers import CompanyId, ProjectId
from domain.projects.project import PROJECT

projects: Final = Resource("/projects", tag="projects")


@projects.page("", Operation.READ_PROJECTS, view=ProjectPage)
async def list_projects(
    request: Asking,
    district: DistrictCode | None = None,
    company_id: IdOrNone[CompanyId] | None = None,
    unmanaged: FlagParameter | None = None,
    q: Name | None = None,
    limit: Limit = 50,
    cursor: Cursor | None = None,
) -> Response:
    """List projects in the order of registration; `company_id=none` are those that no company manages."""
    await request.part(Queries).caught_up(request.min_position)
    wanted = ProjectFilter(
        district=district,
        company_id=None if isinstance(company_id, str) else company_id,
        without_company=isinstance(company_id, str),
        unmanaged=unmanaged,
        q=q,
        within=own_project_only(request.caller, Operation.READ_PROJECTS),
    )
    return listed(request, await request.part(Queries).projects.list(wanted, after=resumed(cursor), limit=limit))


@projects.thing("/{project_id}", Operation.READ_PROJECTS, view=ProjectPage)
async def read_project(request: Asking, project_id: Id[ProjectId]) -> Response:
    """Read one project."""
    return one(await _visible(request, project_id))


@projects.page("/{project_id}/history", Operation.READ_HISTORY, view=HistoryEntry)
async def read_project_history(
    request: Asking, project_id: Id[ProjectId], limit: Limit = 50, cursor: Cursor | None = None
) -> Response:
    """Read every event of a project."""
    project = await _visible(request, project_id)
    return await history_of(
        request,
        PROJECT.stream(project_id),
        project.thing,
        reading=Operation.READ_PROJECTS,
        limit=limit,
        cursor=cursor,
    )


@projects.page("/{project_id}/refusals", Operation.READ_REFUSALS, view=RefusalPage)
async def read_project_refusals(
    request: Asking, project_id: Id[ProjectId], limit: Limit = 50, cursor: Cursor | None = None
) -> Response:
    """Read the requests about a project that rules refused."""
    await _visible(request, project_id)
    return await refusals_about(request, PROJECT.stream(project_id), limit=limit, cursor=cursor)


async def _visible(request: Asking, project_id: ProjectId) -> ProjectPage:
    """Wait for the position asked for, and answer the project when the caller may read it."""
    queries = request.part(Queries)
    await queries.caught_up(request.min_position)
    project = existing(await queries.projects.find(project_id))
    require(request.caller, Operation.READ_PROJECTS, project.thing, reading=Operation.READ_PROJECTS)
    return project
