"""How a project's service does: the board of the day, the weekly analysis, the monthly summary."""

from typing import Final

from starlette.responses import Response

from api.http.answers import one, receipt
from api.http.asking import Asking
from api.http.fields import Body, Id
from api.http.language import Said
from api.http.misfits import Malformed, Misfit
from api.http.period_fields import Month, Week
from api.http.resources import Resource
from application.kernel.permissions import Operation, require
from application.service_requests.analyses import AnalysisPage
from application.service_requests.boards import ProjectBoard
from application.use_cases import Commands, Queries
from domain.kernel.errors import existing
from domain.kernel.identifiers import ProjectId
from domain.service_requests.analysis import ArchiveMonth, ReviewWeek

analysis: Final = Resource("/projects", tag="service requests")

_READ: Final = Operation.READ_SERVICE_ANALYSIS
_KEEP: Final = Operation.KEEP_SERVICE_ANALYSIS
_ONE_OF_TWO: Final = Said("week 与 month 须且只须给出一个", "exactly one of week and month is to be given")


class ReviewBody(Body):
    """The finished week whose analysis was reviewed."""

    week: Week


class ArchiveBody(Body):
    """The finished month whose summary is archived."""

    month: Month


@analysis.thing("/{project_id}/board", _READ, view=ProjectBoard)
async def read_board(request: Asking, project_id: Id[ProjectId]) -> Response:
    """Read what is open, overdue and waiting for a return visit in a project, by zone."""
    await _admitted(request, project_id)
    return one(existing(await request.part(Queries).service_requests.board(project_id)))


@analysis.thing("/{project_id}/service-requests/analysis", _READ, view=AnalysisPage)
async def read_analysis(
    request: Asking, project_id: Id[ProjectId], week: Week | None = None, month: Month | None = None
) -> Response:
    """Read the analysis of a week or the summary of a month, as it stands and as it was seen when it was frozen."""
    if (week is None) == (month is None):
        raise Malformed([Misfit("/week", _ONE_OF_TWO), Misfit("/month", _ONE_OF_TWO)])
    await _admitted(request, project_id)
    queries = request.part(Queries).service_requests
    if week is not None:
        return one(existing(await queries.week(project_id, week)))
    assert month is not None  # noqa: S101 - one of them is given, as has just been seen
    return one(existing(await queries.month(project_id, month)))


@analysis.command("/{project_id}/service-requests/analysis/review", _KEEP)
async def review_week(request: Asking, project_id: Id[ProjectId], body: ReviewBody) -> Response:
    """Freeze the figures of a finished week as they are seen now."""
    asked = ReviewWeek(project_id=project_id, week=body.week)
    return receipt(await request.part(Commands).review_week(request.submission, asked))


@analysis.command("/{project_id}/service-requests/analysis/archive", _KEEP)
async def archive_month(request: Asking, project_id: Id[ProjectId], body: ArchiveBody) -> Response:
    """Freeze the summary of a finished month as it is seen now."""
    asked = ArchiveMonth(project_id=project_id, month=body.month)
    return receipt(await request.part(Commands).archive_month(request.submission, asked))


async def _admitted(request: Asking, project_id: ProjectId) -> None:
    """Wait for the position asked for, and let those pass who may read how the project's service does."""
    queries = request.part(Queries)
    await queries.caught_up(request.min_position)
    project = existing(await queries.projects.find(project_id))
    require(request.caller, _READ, project.thing, reading=Operation.READ_PROJECTS)
