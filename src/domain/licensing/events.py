"""Every event of a manager licence, with the names under which they are stored; names and fields are for ever."""

from typing import Final

from domain.licensing.assessment_events import (
    Basis,
    CycleLabel,
    DeductionRescinded,
    LicenceReinstated,
    LicenceRevoked,
    NoticeServed,
    ObjectionFiled,
    ObjectionRejected,
    ObjectionUpheld,
    PointsDeducted,
    RepeatOffenceFlagged,
    RevocationProposalWithdrawn,
    RevocationProposed,
    WarningIssued,
    WarningKind,
    WarningWithdrawn,
)
from domain.licensing.practice_events import (
    AnnualInspectionFailed,
    AnnualInspectionPassed,
    AppointedAreaChanged,
    CertificateKind,
    CertificateRecorded,
    CertificateWithdrawn,
    Holder,
    HolderErased,
    LicenceFileOpened,
    LicenceRequestRefused,
    ManagerAppointed,
    ManagerRelieved,
    PracticeDeregistered,
    PracticeRegistered,
)

__all__ = [
    "STORED_NAMES",
    "AnnualInspectionFailed",
    "AnnualInspectionPassed",
    "AppointedAreaChanged",
    "Basis",
    "CertificateKind",
    "CertificateRecorded",
    "CertificateWithdrawn",
    "CycleLabel",
    "DeductionRescinded",
    "Holder",
    "HolderErased",
    "LicenceEvent",
    "LicenceFileOpened",
    "LicenceReinstated",
    "LicenceRequestRefused",
    "LicenceRevoked",
    "ManagerAppointed",
    "ManagerRelieved",
    "NoticeServed",
    "ObjectionFiled",
    "ObjectionRejected",
    "ObjectionUpheld",
    "PointsDeducted",
    "PracticeDeregistered",
    "PracticeRegistered",
    "RepeatOffenceFlagged",
    "RevocationProposalWithdrawn",
    "RevocationProposed",
    "WarningIssued",
    "WarningKind",
    "WarningWithdrawn",
]

LicenceEvent = (
    LicenceFileOpened
    | CertificateRecorded
    | CertificateWithdrawn
    | PracticeRegistered
    | PracticeDeregistered
    | ManagerAppointed
    | ManagerRelieved
    | AppointedAreaChanged
    | PointsDeducted
    | NoticeServed
    | WarningIssued
    | WarningWithdrawn
    | RepeatOffenceFlagged
    | RevocationProposed
    | RevocationProposalWithdrawn
    | LicenceRevoked
    | LicenceReinstated
    | ObjectionFiled
    | ObjectionRejected
    | ObjectionUpheld
    | DeductionRescinded
    | AnnualInspectionPassed
    | AnnualInspectionFailed
    | HolderErased
    | LicenceRequestRefused
)

STORED_NAMES: Final[dict[str, type[LicenceEvent]]] = {
    "licence.file-opened": LicenceFileOpened,
    "licence.certificate-recorded": CertificateRecorded,
    "licence.certificate-withdrawn": CertificateWithdrawn,
    "licence.practice-registered": PracticeRegistered,
    "licence.practice-deregistered": PracticeDeregistered,
    "licence.manager-appointed": ManagerAppointed,
    "licence.manager-relieved": ManagerRelieved,
    "licence.appointed-area-changed": AppointedAreaChanged,
    "licence.points-deducted": PointsDeducted,
    "licence.notice-served": NoticeServed,
    "licence.warning-issued": WarningIssued,
    "licence.warning-withdrawn": WarningWithdrawn,
    "licence.repeat-offence-flagged": RepeatOffenceFlagged,
    "licence.revocation-proposed": RevocationProposed,
    "licence.revocation-proposal-withdrawn": RevocationProposalWithdrawn,
    "licence.revoked": LicenceRevoked,
    "licence.reinstated": LicenceReinstated,
    "licence.objection-filed": ObjectionFiled,
    "licence.objection-rejected": ObjectionRejected,
    "licence.objection-upheld": ObjectionUpheld,
    "licence.deduction-rescinded": DeductionRescinded,
    "licence.annual-inspection-passed": AnnualInspectionPassed,
    "licence.annual-inspection-failed": AnnualInspectionFailed,
    "licence.holder-erased": HolderErased,
    "licence.request-refused": LicenceRequestRefused,
}
