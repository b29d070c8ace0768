"""Every command of a city, as it is called from outside: through the ledger, and watched."""

from api.settings import Settings
from api.watching import Watch
from application.companies.closing_company import ClosingCompany
from application.companies.identifying_company import IdentifyingCompany
from application.companies.registering_company import RegisteringCompany
from application.companies.renaming_company import RenamingCompany
from application.kernel.attachments import AttachmentsKnown
from application.kernel.ledger import Ledger
from application.kernel.ports import Identities
from application.licensing.erasing_holder import ErasingHolder, PersonKeys
from application.licensing.objecting_to_deduction import ObjectingToDeduction
from application.licensing.opening_file import OpeningFile
from application.licensing.recording_certificate import RecordingCertificate
from application.licensing.withdrawing_certificate import WithdrawingCertificate
from application.processes.amending_area import AmendingArea
from application.processes.appointing_manager import AppointingManager
from application.processes.changing_company import ChangingCompany
from application.processes.concluding_inspection import ConcludingInspection
from application.processes.deciding_objection import DecidingObjection
from application.processes.deciding_revocation import DecidingRevocation
from application.processes.deducting_points import DeductingPoints
from application.processes.deregistering_practice import DeregisteringPractice
from application.processes.recording_service import RecordingService
from application.processes.registering_practice import RegisteringPractice
from application.processes.registering_project import RegisteringProject
from application.processes.relieving_manager import RelievingManager
from application.processes.replacing_manager import ReplacingManager
from application.processes.service_requests.closing import ArchivingTrainingCase, ClosingRequest, ReopeningRequest
from application.processes.service_requests.ending import CancellingRequest, MarkingDuplicate, ReferringRequest
from application.processes.service_requests.filing import FilingRequest
from application.processes.service_requests.keeping_analysis import ArchivingMonth, ReviewingWeek
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
from application.processes.withdrawing_project import WithdrawingProject
from application.projects.defining_zone import DefiningZone
from application.projects.entering_stage import EnteringStage
from application.projects.posting_notice import PostingNotice
from application.projects.renewing_contract import RenewingContract
from application.rulebook.adopting_rule_set import AdoptingRuleSet
from application.service_requests.figures import CountingService
from application.use_cases import Commands


def commands_over(
    ledger: Ledger,
    settings: Settings,
    identities: Identities,
    person_keys: PersonKeys,
    attachments: AttachmentsKnown,
    counting: CountingService,
    watch: Watch,
) -> Commands:
    """Answer every command of a city, as it is called from outside."""
    return Commands(
        adopt_rule_set=watch.over(ledger, AdoptingRuleSet()),
        register_company=watch.over(ledger, RegisteringCompany(identities)),
        identify_company=watch.over(ledger, IdentifyingCompany()),
        rename_company=watch.over(ledger, RenamingCompany()),
        close_company=watch.over(ledger, ClosingCompany()),
        open_file=watch.over(ledger, OpeningFile(identities)),
        record_certificate=watch.over(ledger, RecordingCertificate()),
        withdraw_certificate=watch.over(ledger, WithdrawingCertificate()),
        register_practice=watch.over(ledger, RegisteringPractice(settings.city)),
        deregister_practice=watch.over(ledger, DeregisteringPractice()),
        deduct_points=watch.over(ledger, DeductingPoints(identities, attachments)),
        record_service=watch.over(ledger, RecordingService()),
        decide_revocation=watch.over(ledger, DecidingRevocation()),
        object_to_deduction=watch.over(ledger, ObjectingToDeduction()),
        decide_objection=watch.over(ledger, DecidingObjection()),
        conclude_inspection=watch.over(ledger, ConcludingInspection()),
        erase_holder=watch.over(ledger, ErasingHolder(person_keys)),
        register_project=watch.over(ledger, RegisteringProject()),
        appoint_manager=watch.over(ledger, AppointingManager()),
        relieve_manager=watch.over(ledger, RelievingManager()),
        replace_manager=watch.over(ledger, ReplacingManager()),
        amend_area=watch.over(ledger, AmendingArea()),
        enter_stage=watch.over(ledger, EnteringStage()),
        renew_contract=watch.over(ledger, RenewingContract()),
        change_company=watch.over(ledger, ChangingCompany()),
        withdraw_project=watch.over(ledger, WithdrawingProject()),
        define_zone=watch.over(ledger, DefiningZone()),
        post_notice=watch.over(ledger, PostingNotice()),
        file_request=watch.over(ledger, FilingRequest(settings.city, identities, attachments)),
        dispatch_request=watch.over(ledger, DispatchingRequest()),
        start_work=watch.over(ledger, StartingWork()),
        pause_work=watch.over(ledger, PausingWork()),
        resume_work=watch.over(ledger, ResumingWork()),
        complete_work=watch.over(ledger, CompletingWork(attachments)),
        reply_to_request=watch.over(ledger, ReplyingToRequest()),
        record_return_visit=watch.over(ledger, RecordingReturnVisit()),
        answer_return_visit=watch.over(ledger, AnsweringReturnVisit()),
        take_charge=watch.over(ledger, TakingCharge()),
        sign_off=watch.over(ledger, SigningOff()),
        close_request=watch.over(ledger, ClosingRequest()),
        reopen_request=watch.over(ledger, ReopeningRequest()),
        cancel_request=watch.over(ledger, CancellingRequest()),
        refer_request=watch.over(ledger, ReferringRequest()),
        mark_duplicate=watch.over(ledger, MarkingDuplicate()),
        archive_training_case=watch.over(ledger, ArchivingTrainingCase()),
        review_week=watch.over(ledger, ReviewingWeek(counting)),
        archive_month=watch.over(ledger, ArchivingMonth(counting)),
        note_overdue=watch.over(ledger, NotingOverdue()),
    )
