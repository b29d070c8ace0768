"""The work on a request, step by step, and the replies to its reporter."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.attachments import AttachmentsKnown, require_known
from application.kernel.dossier import Dossier
from application.kernel.permissions import Operation
from application.processes.service_requests.opening import admitted, rules_of_receipt, step_of
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.reply import ReplyToRequest, reply
from domain.service_requests.work import (
    CompleteWork,
    DispatchRequest,
    PauseWork,
    ResumeWork,
    StartWork,
    complete,
    dispatch,
    pause,
    resume,
    start,
)

_WORK = Operation.WORK_ON_SERVICE_REQUESTS


@dataclass(frozen=True, slots=True)
class DispatchingRequest:
    """Give a request to somebody to work on."""

    command: ClassVar[str] = "dispatch-request"

    async def __call__(self, dossier: Dossier, asked: DispatchRequest) -> None:
        """Decide on the dossier."""
        found = await admitted(dossier, asked.request_id, _WORK)
        step = step_of(dossier, asked.occurred_at)
        dossier.add(SERVICE_REQUEST, asked.request_id, dispatch(found.request, asked, step))


@dataclass(frozen=True, slots=True)
class StartingWork:
    """Have work started."""

    command: ClassVar[str] = "start-work"

    async def __call__(self, dossier: Dossier, asked: StartWork) -> None:
        """Decide on the dossier."""
        found = await admitted(dossier, asked.request_id, _WORK)
        dossier.add(SERVICE_REQUEST, asked.request_id, start(found.request, step_of(dossier, asked.occurred_at)))


@dataclass(frozen=True, slots=True)
class PausingWork:
    """Have work wait."""

    command: ClassVar[str] = "pause-work"

    async def __call__(self, dossier: Dossier, asked: PauseWork) -> None:
        """Decide on the dossier."""
        found = await admitted(dossier, asked.request_id, _WORK)
        dossier.add(SERVICE_REQUEST, asked.request_id, pause(found.request, asked, step_of(dossier, asked.occurred_at)))


@dataclass(frozen=True, slots=True)
class ResumingWork:
    """Have work go on."""

    command: ClassVar[str] = "resume-work"

    async def __call__(self, dossier: Dossier, asked: ResumeWork) -> None:
        """Decide on the dossier."""
        found = await admitted(dossier, asked.request_id, _WORK)
        rules = await rules_of_receipt(dossier, found.request)
        step = step_of(dossier, asked.occurred_at)
        dossier.add(SERVICE_REQUEST, asked.request_id, resume(found.request, step, rules))


@dataclass(frozen=True, slots=True)
class CompletingWork:
    """Have work completed, with photos and documents of it."""

    attachments: AttachmentsKnown
    command: ClassVar[str] = "complete-work"

    async def __call__(self, dossier: Dossier, asked: CompleteWork) -> None:
        """Decide on the dossier."""
        found = await admitted(dossier, asked.request_id, _WORK)
        await require_known(self.attachments, dossier.caller, asked.attachments, "/attachments")
        step = step_of(dossier, asked.occurred_at)
        dossier.add(SERVICE_REQUEST, asked.request_id, complete(found.request, asked, step))


@dataclass(frozen=True, slots=True)
class ReplyingToRequest:
    """Answer the resident in writing."""

    command: ClassVar[str] = "reply-to-request"

    async def __call__(self, dossier: Dossier, asked: ReplyToRequest) -> None:
        """Decide on the dossier."""
        found = await admitted(dossier, asked.request_id, _WORK)
        dossier.add(SERVICE_REQUEST, asked.request_id, reply(found.request, asked, step_of(dossier, asked.occurred_at)))
