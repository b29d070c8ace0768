"""Noting what is overdue; whoever watches the clock asks, as often and as many as there are."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from application.processes.service_requests.opening import admitted, step_of
from domain.service_requests.clocks import overdue
from domain.service_requests.overdue import OVERDUE, Answerable, NoteOverdue, clock_of, note_overdue


@dataclass(frozen=True, slots=True)
class NotingOverdue:
    """Note each missed deadline once; the decision stands on both streams, so that two watchers never note it twice.

    The receipt says which clocks were `noted`.
    """

    command: ClassVar[str] = "note-overdue"

    async def __call__(self, dossier: Dossier, asked: NoteOverdue) -> None:
        """Decide on the dossier."""
        found = await admitted(dossier, asked.request_id, Operation.NOTE_OVERDUE)
        noted = await dossier.read(OVERDUE, asked.request_id)
        missed = overdue(found.request, step_of(dossier).now)
        answerable = Answerable(
            project_id=found.request.project_id,
            district=found.project.district,
            company_id=found.project.company_id,
            licence_id=found.manager,
        )
        facts = note_overdue(noted, missed, answerable)
        dossier.add(OVERDUE, asked.request_id, facts)
        dossier.answer_with(noted=[clock_of(fact) for fact in facts])
