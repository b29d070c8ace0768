"""Return visits: recorded by somebody who did not do the work, or answered by the reporter in person."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from application.processes.service_requests.opening import admitted, step_of
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.visits import AnswerReturnVisit, RecordReturnVisit, answer_visit, record_visit


@dataclass(frozen=True, slots=True)
class RecordingReturnVisit:
    """Record what came of a visit."""

    command: ClassVar[str] = "record-return-visit"

    async def __call__(self, dossier: Dossier, asked: RecordReturnVisit) -> None:
        """Decide on the dossier."""
        found = await admitted(dossier, asked.request_id, Operation.WORK_ON_SERVICE_REQUESTS)
        step = step_of(dossier, asked.occurred_at)
        dossier.add(SERVICE_REQUEST, asked.request_id, record_visit(found.request, asked, step))


@dataclass(frozen=True, slots=True)
class AnsweringReturnVisit:
    """Take the reporter's own answer for a visit."""

    command: ClassVar[str] = "answer-return-visit"

    async def __call__(self, dossier: Dossier, asked: AnswerReturnVisit) -> None:
        """Decide on the dossier."""
        found = await admitted(dossier, asked.request_id, Operation.ANSWER_RETURN_VISITS)
        dossier.add(SERVICE_REQUEST, asked.request_id, answer_visit(found.request, asked, step_of(dossier)))
