"""What can be asked about service requests."""

from typing import Final

from starlette.responses import Response

from api.http.answers import created, receipt
from api.http.asking import Asking
from api.http.fields import Id
from api.http.request_bodies import (
    AnswerBody,
    BecauseBody,
    CompletionBody,
    DispatchBody,
    DuplicateBody,
    LessonBody,
    PauseBody,
    ReferralBody,
    ReplyBody,
    RequestBody,
    ReturnVisitBody,
    SignOffBody,
    StepBody,
)
from api.http.resources import Resource
from application.kernel.permissions import Operation
from application.use_cases import Commands
from domain.kernel.identifiers import ServiceRequestId, Subject
from domain.service_requests.charge import SignOff, TakeCharge
from domain.service_requests.closing import CloseRequest, ReopenRequest
from domain.service_requests.ending import CancelRequest, MarkDuplicate, ReferRequest
from domain.service_requests.events import Assignee, Reporter
from domain.service_requests.filing import FileRequest
from domain.service_requests.reply import ReplyToRequest
from domain.service_requests.training import ArchiveTrainingCase
from domain.service_requests.visits import AnswerReturnVisit, RecordReturnVisit
from domain.service_requests.work import CompleteWork, DispatchRequest, PauseWork, ResumeWork, StartWork

request_commands: Final = Resource("/service-requests", tag="service requests")

_NOW: Final = StepBody()
"""What an empty body means, and none."""


@request_commands.creation("", Operation.FILE_SERVICE_REQUESTS)
async def file_service_request(request: Asking, body: RequestBody) -> Response:
    """Report something to a project's service; where a zone is found by the unit, its manager has it at once."""
    asked = FileRequest(**{**vars(body), "reporter": Reporter(**vars(body.reporter))})
    return created(request, await request.part(Commands).file_request(request.submission, asked))


@request_commands.command("/{request_id}/dispatch", Operation.WORK_ON_SERVICE_REQUESTS)
async def dispatch_service_request(request: Asking, request_id: Id[ServiceRequestId], body: DispatchBody) -> Response:
    """Give the request to somebody to work on, or hand it on before work starts."""
    assignee = Assignee(subject=Subject(body.assignee.subject), name=body.assignee.name)
    asked = DispatchRequest(request_id=request_id, assignee=assignee, occurred_at=body.occurred_at)
    return receipt(await request.part(Commands).dispatch_request(request.submission, asked))


@request_commands.command("/{request_id}/start", Operation.WORK_ON_SERVICE_REQUESTS)
async def start_work(request: Asking, request_id: Id[ServiceRequestId], body: StepBody | None = None) -> Response:
    """Say that somebody has arrived and work has started."""
    asked = StartWork(request_id=request_id, **vars(body or _NOW))
    return receipt(await request.part(Commands).start_work(request.submission, asked))


@request_commands.command("/{request_id}/pause", Operation.WORK_ON_SERVICE_REQUESTS)
async def pause_work(request: Asking, request_id: Id[ServiceRequestId], body: PauseBody | None = None) -> Response:
    """Say what the work waits for."""
    asked = PauseWork(request_id=request_id, **vars(body or PauseBody()))
    return receipt(await request.part(Commands).pause_work(request.submission, asked))


@request_commands.command("/{request_id}/resume", Operation.WORK_ON_SERVICE_REQUESTS)
async def resume_work(request: Asking, request_id: Id[ServiceRequestId], body: StepBody | None = None) -> Response:
    """Say that work goes on."""
    asked = ResumeWork(request_id=request_id, **vars(body or _NOW))
    return receipt(await request.part(Commands).resume_work(request.submission, asked))


@request_commands.command("/{request_id}/completion", Operation.WORK_ON_SERVICE_REQUESTS)
async def complete_work(request: Asking, request_id: Id[ServiceRequestId], body: CompletionBody) -> Response:
    """Say what was done."""
    asked = CompleteWork(request_id=request_id, **vars(body))
    return receipt(await request.part(Commands).complete_work(request.submission, asked))


@request_commands.command("/{request_id}/reply", Operation.WORK_ON_SERVICE_REQUESTS)
async def reply_to_service_request(request: Asking, request_id: Id[ServiceRequestId], body: ReplyBody) -> Response:
    """Answer the resident in writing; the first reply stops the clock of the response."""
    asked = ReplyToRequest(request_id=request_id, **vars(body))
    return receipt(await request.part(Commands).reply_to_request(request.submission, asked))


@request_commands.command("/{request_id}/return-visits", Operation.WORK_ON_SERVICE_REQUESTS)
async def record_return_visit(request: Asking, request_id: Id[ServiceRequestId], body: ReturnVisitBody) -> Response:
    """Record what came of asking the resident; who did the work does not ask, and an unsatisfied visit reopens."""
    asked = RecordReturnVisit(request_id=request_id, **vars(body))
    return receipt(await request.part(Commands).record_return_visit(request.submission, asked))


@request_commands.command("/{request_id}/return-visits/answer", Operation.ANSWER_RETURN_VISITS)
async def answer_return_visit(request: Asking, request_id: Id[ServiceRequestId], body: AnswerBody) -> Response:
    """Answer as the resident who reported it, whether it is well done; it counts as a return visit."""
    asked = AnswerReturnVisit(request_id=request_id, **vars(body))
    return receipt(await request.part(Commands).answer_return_visit(request.submission, asked))


@request_commands.command("/{request_id}/charge", Operation.TAKE_CHARGE)
async def take_charge(request: Asking, request_id: Id[ServiceRequestId], body: StepBody | None = None) -> Response:
    """Take a major request in hand: the manager in office, anybody else only while there is none."""
    asked = TakeCharge(request_id=request_id, **vars(body or _NOW))
    return receipt(await request.part(Commands).take_charge(request.submission, asked))


@request_commands.command("/{request_id}/sign-off", Operation.TAKE_CHARGE)
async def sign_off_service_request(
    request: Asking, request_id: Id[ServiceRequestId], body: SignOffBody | None = None
) -> Response:
    """Sign a completed major request off; with no manager in office somebody else does, with a reason."""
    asked = SignOff(request_id=request_id, **vars(body or SignOffBody()))
    return receipt(await request.part(Commands).sign_off(request.submission, asked))


@request_commands.command("/{request_id}/closure", Operation.CLOSE_SERVICE_REQUESTS)
async def close_service_request(
    request: Asking, request_id: Id[ServiceRequestId], body: StepBody | None = None
) -> Response:
    """Close a request that was looked after."""
    asked = CloseRequest(request_id=request_id, **vars(body or _NOW))
    return receipt(await request.part(Commands).close_request(request.submission, asked))


@request_commands.command("/{request_id}/reopening", Operation.REOPEN_SERVICE_REQUESTS)
async def reopen_service_request(request: Asking, request_id: Id[ServiceRequestId], body: BecauseBody) -> Response:
    """Have the work done anew."""
    asked = ReopenRequest(request_id=request_id, **vars(body))
    return receipt(await request.part(Commands).reopen_request(request.submission, asked))


@request_commands.command("/{request_id}/cancellation", Operation.CANCEL_SERVICE_REQUESTS)
async def cancel_service_request(request: Asking, request_id: Id[ServiceRequestId], body: BecauseBody) -> Response:
    """Take a request back before work starts, as its reporter or with the reporter's reason."""
    asked = CancelRequest(request_id=request_id, **vars(body))
    return receipt(await request.part(Commands).cancel_request(request.submission, asked))


@request_commands.command("/{request_id}/referral", Operation.WORK_ON_SERVICE_REQUESTS)
async def refer_service_request(request: Asking, request_id: Id[ServiceRequestId], body: ReferralBody) -> Response:
    """End a request by referring it to a professional unit or an authority."""
    asked = ReferRequest(request_id=request_id, **vars(body))
    return receipt(await request.part(Commands).refer_request(request.submission, asked))


@request_commands.command("/{request_id}/duplicate", Operation.WORK_ON_SERVICE_REQUESTS)
async def mark_duplicate(request: Asking, request_id: Id[ServiceRequestId], body: DuplicateBody) -> Response:
    """End a request because another one of the project is about the same."""
    asked = MarkDuplicate(request_id=request_id, **vars(body))
    return receipt(await request.part(Commands).mark_duplicate(request.submission, asked))


@request_commands.command("/{request_id}/archive", Operation.ARCHIVE_TRAINING_CASES)
async def archive_training_case(request: Asking, request_id: Id[ServiceRequestId], body: LessonBody) -> Response:
    """Keep a closed complaint as a training case, without personal data."""
    asked = ArchiveTrainingCase(request_id=request_id, **vars(body))
    return receipt(await request.part(Commands).archive_training_case(request.submission, asked))
