"""What can be asked about projects."""

from typing import Final

from starlette.responses import Response

from api.http.answers import created, receipt
from api.http.asking import Asking
from api.http.fields import Id, Name
from api.http.licence_bodies import ReasonBody
from api.http.project_bodies import (
    AppointmentBody,
    AreaBody,
    CompanyBody,
    ContractBody,
    ProjectBody,
    ReplacementBody,
    StageBody,
)
from api.http.resources import Resource
from api.http.zone_bodies import NoticeBody, ZoneBody
from application.kernel.permissions import Operation
from application.use_cases import Commands
from domain.kernel.identifiers import ProjectId
from domain.licensing.appointment import AppointManager, RelieveManager, ReplaceManager
from domain.projects.area import AmendArea
from domain.projects.company_change import ChangeCompany
from domain.projects.contract import RenewContract
from domain.projects.registration import RegisterProject
from domain.projects.stage import EnterStage
from domain.projects.withdrawal import WithdrawProject
from domain.projects.zone_definition import DefineZone
from domain.projects.zone_notice import PostNotice

project_commands: Final = Resource("/projects", tag="projects")


@project_commands.creation("", Operation.KEEP_PROJECTS)
async def register_project(request: Asking, body: ProjectBody) -> Response:
    """Register a project, or a section of one."""
    asked = RegisterProject(**{**vars(body), "contract": body.contract.contract})
    return created(request, await request.part(Commands).register_project(request.submission, asked))


@project_commands.command("/{project_id}/manager", Operation.APPOINT)
async def appoint_manager(request: Asking, project_id: Id[ProjectId], body: AppointmentBody) -> Response:
    """Appoint a manager: at most two projects and 200,000 m² each."""
    asked = AppointManager(project_id=project_id, licence_id=body.licence_id)
    return receipt(await request.part(Commands).appoint_manager(request.submission, asked))


@project_commands.command("/{project_id}/manager/relief", Operation.APPOINT)
async def relieve_manager(request: Asking, project_id: Id[ProjectId], body: ReasonBody) -> Response:
    """Relieve the manager in office."""
    asked = RelieveManager(project_id=project_id, reason=body.reason)
    return receipt(await request.part(Commands).relieve_manager(request.submission, asked))


@project_commands.command("/{project_id}/manager/replacement", Operation.APPOINT)
async def replace_manager(request: Asking, project_id: Id[ProjectId], body: ReplacementBody) -> Response:
    """Relieve the manager in office and appoint another without a gap."""
    asked = ReplaceManager(project_id=project_id, **vars(body))
    return receipt(await request.part(Commands).replace_manager(request.submission, asked))


@project_commands.command("/{project_id}/area", Operation.KEEP_PROJECTS)
async def amend_area(request: Asking, project_id: Id[ProjectId], body: AreaBody) -> Response:
    """Amend the building area."""
    asked = AmendArea(project_id=project_id, **vars(body))
    return receipt(await request.part(Commands).amend_area(request.submission, asked))


@project_commands.command("/{project_id}/stage", Operation.ENTER_STAGE)
async def enter_stage(request: Asking, project_id: Id[ProjectId], body: StageBody) -> Response:
    """Enter the show-area stage or regular operation."""
    asked = EnterStage(project_id=project_id, stage=body.stage)
    return receipt(await request.part(Commands).enter_stage(request.submission, asked))


@project_commands.command("/{project_id}/contract", Operation.KEEP_PROJECTS)
async def renew_contract(request: Asking, project_id: Id[ProjectId], body: ContractBody) -> Response:
    """Renew the service contract, of all sections too."""
    asked = RenewContract(project_id=project_id, **vars(body))
    return receipt(await request.part(Commands).renew_contract(request.submission, asked))


@project_commands.command("/{project_id}/company", Operation.KEEP_PROJECTS)
async def change_company(request: Asking, project_id: Id[ProjectId], body: CompanyBody) -> Response:
    """Give the project, with all its sections, to another company."""
    asked = ChangeCompany(project_id=project_id, company_id=body.company_id)
    return receipt(await request.part(Commands).change_company(request.submission, asked))


@project_commands.command("/{project_id}/withdrawal", Operation.KEEP_PROJECTS)
async def withdraw_project(request: Asking, project_id: Id[ProjectId], body: ReasonBody) -> Response:
    """Withdraw the project from the register, with all its sections."""
    asked = WithdrawProject(project_id=project_id, reason=body.reason)
    return receipt(await request.part(Commands).withdraw_project(request.submission, asked))


@project_commands.command("/{project_id}/zones", Operation.KEEP_ZONES)
async def define_zone(request: Asking, project_id: Id[ProjectId], body: ZoneBody) -> Response:
    """Define a service zone, or define it anew; when only manager or hotline are others, only they are named."""
    asked = DefineZone(project_id=project_id, **{**vars(body), "units": body.units or ()})
    return receipt(await request.part(Commands).define_zone(request.submission, asked))


@project_commands.command("/{project_id}/zones/{name:path}/notices", Operation.KEEP_ZONES)
async def post_notice(request: Asking, project_id: Id[ProjectId], name: Name, body: NoticeBody) -> Response:
    """Record that the zone's notice, as of today, hangs at an entrance."""
    asked = PostNotice(project_id=project_id, name=name, entrance=body.entrance)
    return receipt(await request.part(Commands).post_notice(request.submission, asked))
