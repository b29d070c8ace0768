"""Filing a service request with a project, and dispatching it to the manager of the zone that the unit lies in."""

from dataclasses import dataclass
from typing import ClassVar, Final

from application.kernel.attachments import AttachmentsKnown, require_known
from application.kernel.callers import Role
from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation, reaches
from application.kernel.ports import Identities
from application.processes.service_requests.opening import step_of
from application.projects.scope import project_thing
from domain.kernel.errors import names_nothing
from domain.kernel.identifiers import ServiceRequestId
from domain.kernel.rules import check, together
from domain.projects.project import PROJECT, Project
from domain.projects.rules import Case, project_is_on_register
from domain.projects.zones import zone_of
from domain.service_requests.events import Assignee
from domain.service_requests.filing import FileRequest, Filing, ZoneFound, file_request, request_id_of
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.numbers import request_number
from domain.service_requests.words import Channel

_REPORTERS: Final = frozenset({Role.RESIDENT, Role.OWNERS_COMMITTEE})
"""They report for themselves; everybody else reports what somebody told them."""
_CHANNELS: Final = {Role.RESIDENT: Channel.APP, Role.SYSTEM: Channel.IMPORT}
"""How a request comes in when nobody says; else at the counter."""


@dataclass(frozen=True, slots=True)
class FilingRequest:
    """Receive a request under a new id, or under the one that follows from its reference in another system."""

    city: str
    identities: Identities
    attachments: AttachmentsKnown
    command: ClassVar[str] = "file-request"

    async def __call__(self, dossier: Dossier, asked: FileRequest) -> None:
        """Decide on the dossier."""
        request_id = self._id_of(asked)
        standing = await dossier.create(SERVICE_REQUEST, request_id)
        project = await dossier.named(PROJECT, asked.project_id, "/project_id")
        thing = project_thing(asked.project_id, project)
        if not reaches(dossier.caller, Operation.READ_PROJECTS, thing):
            raise names_nothing("/project_id")
        await dossier.admit(Operation.FILE_SERVICE_REQUESTS, thing, reading=Operation.READ_PROJECTS)
        await require_known(self.attachments, dossier.caller, asked.attachments, "/attachments")
        role, step = dossier.caller.role, step_of(dossier, asked.occurred_at)
        rule_sets = await dossier.rule_sets()
        day = rule_sets.today(step.given or step.now)
        filing = Filing(
            number=request_number(self.city, day, request_id),
            channel=asked.channel or _CHANNELS.get(role, Channel.COUNTER),
            step=step,
            by_reporter=role in _REPORTERS,
            zone=zone_found(project, asked.unit),
        )
        received = together(
            lambda: file_request(standing, asked, rule_sets.in_force_on(day), filing),
            *(() if standing else (lambda: check(Case(project=project), project_is_on_register),)),
        )
        dossier.add(SERVICE_REQUEST, request_id, received)

    def _id_of(self, asked: FileRequest) -> ServiceRequestId:
        if asked.reference is None:
            return ServiceRequestId(self.identities.new())
        return request_id_of(asked.project_id, asked.reference)


def zone_found(project: Project, unit: str) -> ZoneFound | None:
    """Answer the zone of a unit with its manager, if the project's zones tell (Text 4 客服 三(3))."""
    zone = zone_of(project, unit)
    if zone is None or zone.zone_manager is None:
        return None
    manager = zone.zone_manager
    return ZoneFound(name=zone.name, manager=Assignee(subject=manager.acts_as, name=manager.name))
