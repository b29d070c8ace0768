"""What a licence's page shows of the file itself, folded from its events."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from application.licensing.pages import CertificateEntry, InspectionEntry, ProposalEntry, RevocationEntry, WarningEntry
from domain.licensing.events import (
    AnnualInspectionFailed,
    AnnualInspectionPassed,
    CertificateRecorded,
    CertificateWithdrawn,
    DeductionRescinded,
    LicenceReinstated,
    LicenceRevoked,
    PointsDeducted,
    PracticeDeregistered,
    PracticeRegistered,
    RevocationProposalWithdrawn,
    RevocationProposed,
    WarningIssued,
    WarningWithdrawn,
)
from domain.licensing.folding import evolve
from domain.licensing.licence import Licence


@dataclass(frozen=True, slots=True, kw_only=True)
class FileContents:
    """What the page shows of the file itself.

    `standing` is the licence as decisions see it, as far as its status follows from it: registrations, revocations,
    proposals and inspections. It is folded by the domain's own fold, so that a status is worked out in one place.
    """

    standing: Licence
    certificates: tuple[CertificateEntry, ...] = ()
    points: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[WarningEntry, ...] = ()
    revocations: tuple[RevocationEntry, ...] = ()
    proposals: tuple[ProposalEntry, ...] = ()
    inspections: tuple[InspectionEntry, ...] = ()


CHANGES_STANDING: Final = (
    PracticeRegistered,
    PracticeDeregistered,
    RevocationProposed,
    RevocationProposalWithdrawn,
    LicenceRevoked,
    LicenceReinstated,
    AnnualInspectionPassed,
    AnnualInspectionFailed,
)
"""The events after which the licence may stand otherwise."""


def contents_after(file: FileContents, event: object) -> FileContents:
    """Fold one event into the file's contents."""
    if isinstance(event, CHANGES_STANDING):
        file = replace(file, standing=evolve(file.standing, event))
    match event:
        case CertificateRecorded():
            return replace(file, certificates=(*file.certificates, _certificate(event)))
        case CertificateWithdrawn(number=number):
            return replace(file, certificates=tuple(_withdrawn(held, number) for held in file.certificates))
        case PointsDeducted(cycle=cycle, total=total) | DeductionRescinded(cycle=cycle, total=total):
            return replace(file, points={**file.points, cycle: total})
        case WarningIssued():
            issued = WarningEntry(kind=event.kind, cycle=event.cycle, total=event.total, on=event.issued_on)
            return replace(file, warnings=(*file.warnings, issued))
        case WarningWithdrawn():
            return replace(file, warnings=tuple(_taken_back(entry, event) for entry in file.warnings))
        case RevocationProposed():
            return replace(file, proposals=(*file.proposals, _proposal(event)))
        case RevocationProposalWithdrawn(cycle=cycle):
            return replace(file, proposals=_of_others(file.proposals, cycle))
        case LicenceRevoked(cycle=cycle):
            revocations = (*_revocations_of_others(file.revocations, cycle), _revocation(event))
            return replace(file, revocations=revocations, proposals=_of_others(file.proposals, cycle))
        case LicenceReinstated(cycle=cycle):
            return replace(file, revocations=_revocations_of_others(file.revocations, cycle))
        case AnnualInspectionPassed(year=year):
            return _inspected(file, InspectionEntry(year=year, passed=True, reasons=()))
        case AnnualInspectionFailed(year=year, reasons=reasons):
            return _inspected(file, InspectionEntry(year=year, passed=False, reasons=reasons))
        case _:
            return file


def _certificate(event: CertificateRecorded) -> CertificateEntry:
    return CertificateEntry(
        kind=event.kind,
        number=event.number,
        issuer=event.issuer,
        issued_on=event.issued_on,
        expires_on=event.expires_on,
    )


def _withdrawn(held: CertificateEntry, number: str) -> CertificateEntry:
    return replace(held, withdrawn=True) if held.number == number else held


def _taken_back(entry: WarningEntry, event: WarningWithdrawn) -> WarningEntry:
    is_meant = (entry.cycle, entry.kind) == (event.cycle, event.kind)
    return replace(entry, withdrawn=True) if is_meant else entry


def _proposal(event: RevocationProposed) -> ProposalEntry:
    return ProposalEntry(
        cycle=event.cycle, total=event.total, proposed_on=event.proposed_on, hearing_until=event.hearing_until
    )


def _revocation(event: LicenceRevoked) -> RevocationEntry:
    return RevocationEntry(
        cycle=event.cycle, total=event.total, revoked_on=event.revoked_on, banned_until=event.banned_until
    )


def _of_others(proposals: tuple[ProposalEntry, ...], cycle: str) -> tuple[ProposalEntry, ...]:
    return tuple(entry for entry in proposals if entry.cycle != cycle)


def _revocations_of_others(revocations: tuple[RevocationEntry, ...], cycle: str) -> tuple[RevocationEntry, ...]:
    return tuple(entry for entry in revocations if entry.cycle != cycle)


def _inspected(file: FileContents, entry: InspectionEntry) -> FileContents:
    others = (other for other in file.inspections if other.year != entry.year)
    return replace(file, inspections=tuple(sorted((*others, entry), key=lambda held: held.year)))
