"""A request on the desk with its project, which says who may do what with it."""

from dataclasses import dataclass, replace
from datetime import MAXYEAR, UTC, datetime
from typing import Final

from application.kernel.callers import Role
from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation, Thing
from application.projects.scope import project_thing
from domain.kernel.errors import Unacceptable, existing
from domain.kernel.identifiers import LicenceId, ServiceRequestId
from domain.kernel.rule_set import RuleSet
from domain.projects.project import PROJECT, Project
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.request import ServiceRequest
from domain.service_requests.steps import Step

EARLIEST_YEAR: Final = 1800
"""Nothing that is taken over from another register is older; time zones and deadlines can be told from here on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A request, its project, and what a permission is measured against."""

    request: ServiceRequest
    project: Project
    thing: Thing

    @property
    def manager(self) -> LicenceId | None:
        """The manager in office of its project."""
        return None if self.project.manager is None else self.project.manager.licence_id


async def opened(dossier: Dossier, request_id: ServiceRequestId) -> Opened:
    """Open the request in the path, with its project.

    Raises: NoSuchThing.
    """
    request = await dossier.open(SERVICE_REQUEST, request_id)
    held = await dossier.read(PROJECT, request.project_id)
    project = existing(held)
    return Opened(request=request, project=project, thing=request_thing(request, project))


async def admitted(dossier: Dossier, request_id: ServiceRequestId, operation: Operation) -> Opened:
    """Open the request in the path and let the caller pass who may do the operation to it.

    Raises: what opening and admitting raise.
    """
    found = await opened(dossier, request_id)
    await dossier.admit(operation, found.thing, reading=Operation.READ_SERVICE_REQUESTS)
    return found


def request_thing(request: ServiceRequest, project: Project) -> Thing:
    """Answer the scope of a request: that of its project, who reported it, and to whom it is dispatched."""
    return replace(
        project_thing(request.project_id, project),
        reporters=frozenset() if request.reporter is None else frozenset({request.reporter}),
        assignees=frozenset() if request.assignee is None else frozenset({request.assignee}),
    )


def step_of(dossier: Dossier, occurred_at: datetime | None = None) -> Step:
    """Answer who says so and when; only a company and an import give a time of their own.

    Raises: Unacceptable for a time that the caller may not give, that has no offset, or that no calendar reaches.
    """
    given = None if occurred_at is None else _given(dossier, occurred_at)
    return Step(by=dossier.caller.subject, now=dossier.now.astimezone(UTC), given=given)


def _given(dossier: Dossier, occurred_at: datetime) -> datetime:
    if dossier.caller.role not in {Role.COMPANY, Role.SYSTEM}:
        raise Unacceptable("/occurred_at", zh="仅企业和系统导入可填", en="is given by companies and imports only")
    if occurred_at.tzinfo is None:
        raise Unacceptable("/occurred_at", zh="须带时区偏移", en="must have an offset")
    if not EARLIEST_YEAR <= occurred_at.year < MAXYEAR:
        raise Unacceptable(
            "/occurred_at",
            zh=f"须在 {EARLIEST_YEAR} 年与 {MAXYEAR - 1} 年之间",
            en=f"must be in the years {EARLIEST_YEAR} to {MAXYEAR - 1}",
        )
    return occurred_at.astimezone(UTC)


async def rules_of_receipt(dossier: Dossier, request: ServiceRequest) -> RuleSet:
    """Answer the rule set by which the request's deadlines were fixed."""
    return existing((await dossier.rule_sets()).version(request.rule_set))
