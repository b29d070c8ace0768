"""Closing a request that was looked after, opening it again, and keeping what is to be learnt from a complaint."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from application.processes.service_requests.opening import admitted, step_of
from domain.service_requests.closing import CloseRequest, ReopenRequest, close, reopen
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.training import ArchiveTrainingCase, archive_case


@dataclass(frozen=True, slots=True)
class ClosingRequest:
    """Close, or refuse with all that is missing."""

    command: ClassVar[str] = "close-request"

    async def __call__(self, dossier: Dossier, asked: CloseRequest) -> None:
        """Decide on the dossier."""
        found = await admitted(dossier, asked.request_id, Operation.CLOSE_SERVICE_REQUESTS)
        dossier.add(SERVICE_REQUEST, asked.request_id, close(found.request, step_of(dossier, asked.occurred_at)))


@dataclass(frozen=True, slots=True)
class ReopeningRequest:
    """Begin another round of work."""

    command: ClassVar[str] = "reopen-request"

    async def __call__(self, dossier: Dossier, asked: ReopenRequest) -> None:
        """Decide on the dossier."""
        found = await admitted(dossier, asked.request_id, Operation.REOPEN_SERVICE_REQUESTS)
        step = step_of(dossier, asked.occurred_at)
        dossier.add(SERVICE_REQUEST, asked.request_id, reopen(found.request, asked, step))


@dataclass(frozen=True, slots=True)
class ArchivingTrainingCase:
    """Keep a closed complaint as a training case."""

    command: ClassVar[str] = "archive-training-case"

    async def __call__(self, dossier: Dossier, asked: ArchiveTrainingCase) -> None:
        """Decide on the dossier."""
        found = await admitted(dossier, asked.request_id, Operation.ARCHIVE_TRAINING_CASES)
        step = step_of(dossier, asked.occurred_at)
        dossier.add(SERVICE_REQUEST, asked.request_id, archive_case(found.request, asked, step))
