"""Ending a request without a visit: cancelled, referred, or as a duplicate."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation, reaches
from application.processes.service_requests.opening import admitted, request_thing, step_of
from domain.kernel.errors import existing, names_nothing
from domain.projects.project import PROJECT
from domain.service_requests.ending import CancelRequest, MarkDuplicate, ReferRequest, cancel, mark_duplicate, refer
from domain.service_requests.folding import SERVICE_REQUEST


@dataclass(frozen=True, slots=True)
class CancellingRequest:
    """Take a request back for its reporter."""

    command: ClassVar[str] = "cancel-request"

    async def __call__(self, dossier: Dossier, asked: CancelRequest) -> None:
        """Decide on the dossier."""
        found = await admitted(dossier, asked.request_id, Operation.CANCEL_SERVICE_REQUESTS)
        step = step_of(dossier, asked.occurred_at)
        dossier.add(SERVICE_REQUEST, asked.request_id, cancel(found.request, asked, step))


@dataclass(frozen=True, slots=True)
class ReferringRequest:
    """Refer a request to who it is for."""

    command: ClassVar[str] = "refer-request"

    async def __call__(self, dossier: Dossier, asked: ReferRequest) -> None:
        """Decide on the dossier."""
        found = await admitted(dossier, asked.request_id, Operation.WORK_ON_SERVICE_REQUESTS)
        step = step_of(dossier, asked.occurred_at)
        dossier.add(SERVICE_REQUEST, asked.request_id, refer(found.request, asked, step))


@dataclass(frozen=True, slots=True)
class MarkingDuplicate:
    """End a request for another one that the caller may read; neither may end as the other's duplicate meanwhile."""

    command: ClassVar[str] = "mark-duplicate"

    async def __call__(self, dossier: Dossier, asked: MarkDuplicate) -> None:
        """Decide on the dossier."""
        found = await admitted(dossier, asked.request_id, Operation.WORK_ON_SERVICE_REQUESTS)
        other = await dossier.named(SERVICE_REQUEST, asked.duplicate_of, "/duplicate_of")
        project = await dossier.read(PROJECT, other.project_id)
        if not reaches(dossier.caller, Operation.READ_SERVICE_REQUESTS, request_thing(other, existing(project))):
            raise names_nothing("/duplicate_of")
        step = step_of(dossier, asked.occurred_at)
        dossier.add(SERVICE_REQUEST, asked.request_id, mark_duplicate(found.request, asked, step, other))
