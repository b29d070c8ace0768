"""Replaying one request that a table tells of: filed and taken from step to step, from where it stands on file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, assert_never

from api.importing.request_life import Step
from api.importing.request_rows import Told
from application.kernel.ports import EventStore
from application.kernel.submission import Submission
from application.use_cases import Commands
from domain.service_requests.closing import CloseRequest
from domain.service_requests.ending import CancelRequest, ReferRequest
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.reply import ReplyToRequest
from domain.service_requests.request import BEFORE_COMPLETION, ServiceRequest, Status
from domain.service_requests.visits import RecordReturnVisit
from domain.service_requests.work import CompleteWork, DispatchRequest, StartWork

_RECEIVED: Final = 1
"""The version of a request that was received and nothing else."""
_NOT_STARTED: Final = frozenset({Status.RECEIVED, Status.DISPATCHED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaying:
    """Takes requests through the use cases; `sent` is how all commands are submitted but that of a visit."""

    commands: Commands
    store: EventStore
    sent: Submission

    async def __call__(self, told: Told) -> None:
        """File the request and take every step; a zone manager whom it finds keeps it unless the table names another.

        Raises: RulesBroken, Unacceptable, and what else commands raise; the steps before that stand.
        """
        filed = await self.commands.file_request(self.sent, told.filed)
        is_dispatched = filed.receipt.version > _RECEIVED
        await self.go_on(told, told.steps if told.names_assignee or not is_dispatched else told.steps[1:])

    async def go_on(self, told: Told, steps: Sequence[Step]) -> None:
        """Take steps of a request on file.

        Raises: as above.
        """
        for step in steps:
            await self._take(step, told)

    async def remaining(self, told: Told) -> Sequence[Step]:
        """Answer the steps of the table that a request on file has yet to go through.

        Raises: Unavailable.
        """
        recorded = await self.store.load(SERVICE_REQUEST.stream(told.request_id))
        events: list[Any] = [entry.event for entry in recorded if entry.event is not None]
        request = SERVICE_REQUEST.fold(events)
        return () if request is None else remaining(told.steps, request)

    async def _take(self, step: Step, told: Told) -> None:
        match step:
            case DispatchRequest():
                await self.commands.dispatch_request(self.sent, step)
            case StartWork():
                await self.commands.start_work(self.sent, step)
            case CompleteWork():
                await self.commands.complete_work(self.sent, step)
            case ReplyToRequest():
                await self.commands.reply_to_request(self.sent, step)
            case RecordReturnVisit():
                await self.commands.record_return_visit(self._as_visitor(told), step)
            case CloseRequest():
                await self.commands.close_request(self.sent, step)
            case ReferRequest():
                await self.commands.refer_request(self.sent, step)
            case CancelRequest():
                await self.commands.cancel_request(self.sent, step)
            case _:
                assert_never(step)

    def _as_visitor(self, told: Told) -> Submission:
        """Submit in the name of who visited: whoever imports has recorded the work, and must not vouch for it."""
        if told.visited_by is None:
            raise LookupError("a row that tells of a visit names who visited")
        return self.sent._replace(caller=replace(self.sent.caller, subject=told.visited_by))


def remaining(steps: tuple[Step, ...], request: ServiceRequest) -> tuple[Step, ...]:
    """Answer the steps that a request has yet to go through; none once people have taken it elsewhere."""
    if request.has_ended or request.round > 1:
        return ()
    return tuple(step for step in steps if not _was_taken(step, request))


def _was_taken(step: Step, request: ServiceRequest) -> bool:
    match step:
        case DispatchRequest():
            return request.status is not Status.RECEIVED
        case StartWork():
            return request.status not in _NOT_STARTED
        case CompleteWork():
            return request.status not in BEFORE_COMPLETION
        case ReplyToRequest():
            return request.has_reply
        case RecordReturnVisit():
            return request.is_satisfied or request.attempts > 0
        case CloseRequest() | ReferRequest() | CancelRequest():
            return request.has_ended
        case _:
            assert_never(step)
