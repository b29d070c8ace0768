"""The whole application on one page: what can be asked of it, and what it can be asked about."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from application.companies.queries import CompanyQueries
from application.kernel.pages import Feed, Histories, Projections, Refusals
from application.kernel.submission import Answer, Submission
from application.licensing.queries import LicenceQueries
from application.projects.queries import ProjectQueries
from application.rulebook.queries import RuleSetQueries
from application.service_requests.queries import ServiceRequestQueries
from domain.companies.closing import CloseCompany
from domain.companies.identification import IdentifyCompany
from domain.companies.naming import RenameCompany
from domain.companies.registration import RegisterCompany
from domain.licensing.appointment import AppointManager, RelieveManager, ReplaceManager
from domain.licensing.certificates import EraseHolder, OpenFile, RecordCertificate, WithdrawCertificate
from domain.licensing.deduction import DeductPoints
from domain.licensing.inspection import ConcludeInspection
from domain.licensing.objection import DecideObjection, ObjectToDeduction, RecordService
from domain.licensing.registration import DeregisterPractice, RegisterPractice
from domain.licensing.revocation import DecideRevocation
from domain.projects.area import AmendArea
from domain.projects.company_change import ChangeCompany
from domain.projects.contract import RenewContract
from domain.projects.registration import RegisterProject
from domain.projects.stage import EnterStage
from domain.projects.withdrawal import WithdrawProject
from domain.projects.zone_definition import DefineZone
from domain.projects.zone_notice import PostNotice
from domain.rulebook.adopting import AdoptRuleSet
from domain.service_requests.analysis import ArchiveMonth, ReviewWeek
from domain.service_requests.charge import SignOff, TakeCharge
from domain.service_requests.closing import CloseRequest, ReopenRequest
from domain.service_requests.ending import CancelRequest, MarkDuplicate, ReferRequest
from domain.service_requests.filing import FileRequest
from domain.service_requests.overdue import NoteOverdue
from domain.service_requests.reply import ReplyToRequest
from domain.service_requests.training import ArchiveTrainingCase
from domain.service_requests.visits import AnswerReturnVisit, RecordReturnVisit
from domain.service_requests.work import CompleteWork, DispatchRequest, PauseWork, ResumeWork, StartWork

Asked = TypeVar("Asked")
Command = Callable[[Submission, Asked], Awaitable[Answer]]
"""A use case with everything that wraps it; raises what the ledger raises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commands:
    """What can be asked."""

    adopt_rule_set: Command[AdoptRuleSet]

    register_company: Command[RegisterCompany]
    identify_company: Command[IdentifyCompany]
    rename_company: Command[RenameCompany]
    close_company: Command[CloseCompany]

    open_file: Command[OpenFile]
    record_certificate: Command[RecordCertificate]
    withdraw_certificate: Command[WithdrawCertificate]
    register_practice: Command[RegisterPractice]
    deregister_practice: Command[DeregisterPractice]
    deduct_points: Command[DeductPoints]
    record_service: Command[RecordService]
    decide_revocation: Command[DecideRevocation]
    object_to_deduction: Command[ObjectToDeduction]
    decide_objection: Command[DecideObjection]
    conclude_inspection: Command[ConcludeInspection]
    erase_holder: Command[EraseHolder]

    register_project: Command[RegisterProject]
    appoint_manager: Command[AppointManager]
    relieve_manager: Command[RelieveManager]
    replace_manager: Command[ReplaceManager]
    amend_area: Command[AmendArea]
    enter_stage: Command[EnterStage]
    renew_contract: Command[RenewContract]
    change_company: Command[ChangeCompany]
    withdraw_project: Command[WithdrawProject]
    define_zone: Command[DefineZone]
    post_notice: Command[PostNotice]

    file_request: Command[FileRequest]
    dispatch_request: Command[DispatchRequest]
    start_work: Command[StartWork]
    pause_work: Command[PauseWork]
    resume_work: Command[ResumeWork]
    complete_work: Command[CompleteWork]
    reply_to_request: Command[ReplyToRequest]
    record_return_visit: Command[RecordReturnVisit]
    answer_return_visit: Command[AnswerReturnVisit]
    take_charge: Command[TakeCharge]
    sign_off: Command[SignOff]
    close_request: Command[CloseRequest]
    reopen_request: Command[ReopenRequest]
    cancel_request: Command[CancelRequest]
    refer_request: Command[ReferRequest]
    mark_duplicate: Command[MarkDuplicate]
    archive_training_case: Command[ArchiveTrainingCase]
    review_week: Command[ReviewWeek]
    archive_month: Command[ArchiveMonth]
    note_overdue: Command[NoteOverdue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Queries:
    """What it can be asked about.

    `event_types` are the stored names of all events of ours. `caught_up` waits until the read models have reached a
    position, at once for None; raises ReadModelBehind.
    """

    log: Feed
    event_types: frozenset[str]
    rule_sets: RuleSetQueries
    companies: CompanyQueries
    licences: LicenceQueries
    projects: ProjectQueries
    service_requests: ServiceRequestQueries
    histories: Histories
    refusals: Refusals
    projections: Projections
    caught_up: Callable[[int | None], Awaitable[None]]
