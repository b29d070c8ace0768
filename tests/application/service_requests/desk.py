"""The service desk of one estate in a city in memory, and everybody who has to do with it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final

from application.kernel.callers import Caller, Role
from application.kernel.dossier import UseCase
from application.kernel.ports import Receipt
from application.processes.relieving_manager import RelievingManager
from application.processes.service_requests.closing import ArchivingTrainingCase, ClosingRequest, ReopeningRequest
from application.processes.service_requests.ending import CancellingRequest, MarkingDuplicate, ReferringRequest
from application.processes.service_requests.filing import FilingRequest
from application.processes.service_requests.noting_overdue import NotingOverdue
from application.processes.service_requests.taking_charge import SigningOff, TakingCharge
from application.processes.service_requests.visiting import AnsweringReturnVisit, RecordingReturnVisit
from application.processes.service_requests.working import (
    CompletingWork,
    DispatchingRequest,
    PausingWork,
    ReplyingToRequest,
    ResumingWork,
    StartingWork,
)
from domain.kernel.district import District
from domain.kernel.identifiers import AttachmentId, CompanyId, LicenceId, ProjectId, ServiceRequestId, Subject
from domain.kernel.personal import PersonName, Phone
from domain.licensing.appointment import RelieveManager
from domain.service_requests.charge import SignOff, TakeCharge
from domain.service_requests.closing import CloseRequest, ReopenRequest
from domain.service_requests.ending import CancelRequest, MarkDuplicate, ReferRequest
from domain.service_requests.events import Assignee, Reporter
from domain.service_requests.filing import FileRequest
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.overdue import NoteOverdue
from domain.service_requests.reply import ReplyToRequest
from domain.service_requests.request import ServiceRequest
from domain.service_requests.training import ArchiveTrainingCase
from domain.service_requests.visits import AnswerReturnVisit, RecordReturnVisit
from domain.service_requests.words import Category, Kind, PauseReason, Priority, VisitOutcome
from domain.service_requests.work import CompleteWork, DispatchRequest, PauseWork, ResumeWork, StartWork
from tests.application.city import DISTRICT, City

CITY: Final = "321000"
PHOTO: Final = AttachmentId("ab" * 32)
TO_FITTER: Final = Assignee(subject=Subject("fitter"), name="李师傅")


@dataclass
class Shelf:
    """The attachments that were uploaded."""

    kept: set[AttachmentId] = field(default_factory=set)

    async def known(self, ids: Collection[AttachmentId], to: Caller) -> frozenset[AttachmentId]:
        del to
        return frozenset(ids) & self.kept


@dataclass
class Desk:
    """One estate with its company and its manager in office."""

    city: City
    estate: ProjectId
    company_id: CompanyId
    manager_id: LicenceId
    shelf: Shelf = field(default_factory=Shelf)

    @classmethod
    async def open(cls) -> "Desk":
        city = await City.begun()
        company = await city.company()
        manager, estate = await city.manager(company), await city.estate(company)
        await city.appoint(manager, estate)
        return cls(city, estate, company, manager)

    @property
    def company(self) -> Caller:
        return Caller(subject=Subject("desk"), role=Role.COMPANY, company=self.company_id)

    @property
    def manager(self) -> Caller:
        return Caller(subject=Subject("manager"), role=Role.MANAGER, licence=self.manager_id)

    @property
    def staff(self) -> Caller:
        return Caller(subject=TO_FITTER.subject, role=Role.STAFF, project=self.estate)

    @property
    def resident(self) -> Caller:
        return Caller(subject=Subject("resident"), role=Role.RESIDENT, project=self.estate)

    def caller(self, role: Role, **changes: Any) -> Caller:
        """Somebody in a role, bound to this estate in whatever way the role is bound."""
        bound = Caller(
            subject=Subject(f"some-{role}"),
            role=role,
            district=DISTRICT,
            company=self.company_id,
            licence=self.manager_id,
            project=self.estate,
        )
        return replace(bound, **changes)

    def elsewhere(self, role: Role) -> Caller:
        """Somebody in a role, bound to something else."""
        return Caller(
            subject=Subject(f"other-{role}"),
            role=role,
            district=District("329999"),
            company=CompanyId(self.city.identities.new()),
            licence=LicenceId(self.city.identities.new()),
            project=ProjectId(self.city.identities.new()),
        )

    def filing(self) -> FilingRequest:
        return FilingRequest(CITY, self.city.identities, self.shelf)

    def asked(self, **changes: Any) -> FileRequest:
        dull = FileRequest(
            project_id=self.estate,
            unit="3-2-501",
            kind=Kind.REPAIR,
            category=Category.MINOR,
            priority=Priority.NORMAL,
            description="厨房水管漏水",
            reporter=Reporter(name=PersonName("王芳"), phone=Phone("13812345678")),
        )
        return replace(dull, **changes)

    async def file(self, by: Caller | None = None, **changes: Any) -> ServiceRequestId:
        receipt = await self.city.ask(self.filing(), self.asked(**changes), by=by or self.resident)
        return ServiceRequestId(receipt.id)

    async def do(self, what: str, request_id: ServiceRequestId, by: Caller | None = None, **said: Any) -> Receipt:
        """Ask for one of the commands to a request by its name, with something dull where nothing is said."""
        use_case, asked = self.command(what, request_id, **said)
        return await self.city.ask(use_case, asked, by=by or self.company)

    def command(self, what: str, request_id: ServiceRequestId, **said: Any) -> tuple[UseCase, object]:
        use_case, ask, dull = self._commands()[what]
        return use_case, ask(request_id=request_id, **{**dull, **said})

    async def work_off(self, request_id: ServiceRequestId) -> None:
        """Dispatch, start and complete, a minute each."""
        await self.do("dispatch", request_id)
        for what in ("start", "complete"):
            self.minutes_pass(1)
            await self.do(what, request_id, by=self.staff)
        self.minutes_pass(1)

    async def manager_leaves(self) -> None:
        await self.city.ask(RelievingManager(), RelieveManager(project_id=self.estate, reason="离任"))

    def minutes_pass(self, minutes: int) -> None:
        self.city.clock.instant += timedelta(minutes=minutes)

    async def request(self, request_id: ServiceRequestId) -> ServiceRequest:
        state: ServiceRequest = await self.city.state(SERVICE_REQUEST, request_id)
        return state

    async def types(self, after: int) -> Sequence[str]:
        return [entry.type for entry in await self.city.events(after=after)]

    def _commands(self) -> dict[str, tuple[UseCase, Any, dict[str, object]]]:
        return {
            "dispatch": (DispatchingRequest(), DispatchRequest, {"assignee": TO_FITTER}),
            "start": (StartingWork(), StartWork, {}),
            "pause": (PausingWork(), PauseWork, {"reason": PauseReason.AWAITING_RESIDENT}),
            "resume": (ResumingWork(), ResumeWork, {}),
            "complete": (CompletingWork(self.shelf), CompleteWork, {"result": "已更换水管"}),
            "reply": (ReplyingToRequest(), ReplyToRequest, {"text": "已安排维修"}),
            "visit": (RecordingReturnVisit(), RecordReturnVisit, {"outcome": VisitOutcome.SATISFIED}),
            "answer": (AnsweringReturnVisit(), AnswerReturnVisit, {"satisfied": True}),
            "charge": (TakingCharge(), TakeCharge, {}),
            "sign-off": (SigningOff(), SignOff, {}),
            "close": (ClosingRequest(), CloseRequest, {}),
            "reopen": (ReopeningRequest(), ReopenRequest, {"reason": "又漏了"}),
            "cancel": (CancellingRequest(), CancelRequest, {"reason": "自行修好"}),
            "refer": (ReferringRequest(), ReferRequest, {"to": "供水公司", "reason": "市政管网"}),
            "duplicate": (MarkingDuplicate(), MarkDuplicate, {}),
            "archive": (ArchivingTrainingCase(), ArchiveTrainingCase, {"lesson": "先止水,后维修"}),
            "note-overdue": (NotingOverdue(), NoteOverdue, {}),
        }


COMMANDS: Final = (
    "dispatch",
    "start",
    "pause",
    "resume",
    "complete",
    "reply",
    "visit",
    "answer",
    "charge",
    "sign-off",
    "close",
    "reopen",
    "cancel",
    "refer",
    "archive",
    "note-overdue",
)
