"""How a licence follows from its events; nothing is refused here."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final, assert_never

from domain.kernel.aggregate import Aggregate
from domain.kernel.area import Area
from domain.kernel.growing import grown
from domain.kernel.identifiers import DeductionId, ProjectId
from domain.licensing.events import (
    STORED_NAMES,
    AnnualInspectionFailed,
    AnnualInspectionPassed,
    AppointedAreaChanged,
    CertificateRecorded,
    CertificateWithdrawn,
    CycleLabel,
    DeductionRescinded,
    HolderErased,
    LicenceEvent,
    LicenceFileOpened,
    LicenceReinstated,
    LicenceRequestRefused,
    LicenceRevoked,
    ManagerAppointed,
    ManagerRelieved,
    NoticeServed,
    ObjectionFiled,
    ObjectionRejected,
    ObjectionUpheld,
    PointsDeducted,
    PracticeDeregistered,
    PracticeRegistered,
    RepeatOffenceFlagged,
    RevocationProposalWithdrawn,
    RevocationProposed,
    WarningIssued,
    WarningWithdrawn,
)
from domain.licensing.licence import (
    Certificate,
    Deduction,
    Licence,
    Objection,
    Proposal,
    Registration,
    Revocation,
    Tenure,
)


def evolve(state: Licence | None, event: LicenceEvent) -> Licence:
    """Answer the licence after an event."""
    if isinstance(event, LicenceFileOpened):
        return Licence(opened_on=event.opened_on, opened_by=event.company_id)
    licence = _opened(state)
    match event:
        case CertificateRecorded():
            return replace(licence, certificates=(*licence.certificates, _certificate(event)))
        case CertificateWithdrawn(number=number):
            return replace(licence, certificates=tuple(_withdrawn(held, number) for held in licence.certificates))
        case PracticeRegistered():
            return _registered(licence, event)
        case PracticeDeregistered(deregistered_on=day):
            return replace(licence, registrations=_ended(licence.registrations, day, revoked_in=None))
        case ManagerAppointed():
            return replace(licence, appointments=(*licence.appointments, _tenure(event)))
        case ManagerRelieved(project_id=project, until=day):
            return _relieved(licence, project, day)
        case AppointedAreaChanged(project_id=project, building_area_m2=area):
            return replace(licence, appointments=tuple(_resized(held, project, area) for held in licence.appointments))
        case PointsDeducted():
            tally = licence.tally(event.cycle).with_charge(event.violation, event.points, times=1)
            return replace(
                licence,
                deductions=grown(licence.deductions, event.deduction_id, _deduction(event)),
                tallies={**licence.tallies, event.cycle: tally},
            )
        case NoticeServed(deduction_id=deduction, served_on=day, object_by=last_day):
            return _with_deduction(licence, deduction, lambda entry: replace(entry, served_on=day, object_by=last_day))
        case WarningIssued(cycle=cycle, kind=kind):
            return replace(licence, warnings=licence.warnings | {(cycle, kind)})
        case WarningWithdrawn(cycle=cycle, kind=kind):
            return replace(licence, warnings=licence.warnings - {(cycle, kind)})
        case RevocationProposed():
            proposal = Proposal(cycle=event.cycle, hearing_until=event.hearing_until, rule_set=event.rule_set)
            return replace(licence, proposals=(*licence.proposals, proposal))
        case RevocationProposalWithdrawn(cycle=cycle):
            return replace(licence, proposals=_without(licence.proposals, cycle))
        case LicenceRevoked():
            return _revoked(licence, event)
        case LicenceReinstated(cycle=cycle):
            return _reinstated(licence, cycle)
        case ObjectionFiled(deduction_id=deduction):
            return _objection(licence, deduction, Objection.PENDING)
        case ObjectionRejected(deduction_id=deduction):
            return _objection(licence, deduction, Objection.REJECTED)
        case ObjectionUpheld(deduction_id=deduction):
            return _uncounted(_objection(licence, deduction, Objection.UPHELD), deduction)
        case AnnualInspectionPassed(year=year):
            return replace(
                licence, passed_years=licence.passed_years | {year}, failed_years=licence.failed_years - {year}
            )
        case AnnualInspectionFailed(year=year):
            return replace(licence, failed_years=licence.failed_years | {year})
        case HolderErased():
            return replace(licence, is_erased=True)
        case DeductionRescinded() | RepeatOffenceFlagged() | LicenceRequestRefused():
            return licence
        case _:
            assert_never(event)


def _opened(state: Licence | None) -> Licence:
    if state is None:
        message = "a licence's stream begins with the opening of its file"
        raise LookupError(message)
    return state


def _certificate(event: CertificateRecorded) -> Certificate:
    return Certificate(kind=event.kind, number=event.number, issued_on=event.issued_on, expires_on=event.expires_on)


def _withdrawn(held: Certificate, number: str) -> Certificate:
    return replace(held, withdrawn=True) if held.number == number else held


def _tenure(event: ManagerAppointed) -> Tenure:
    return Tenure(
        project_id=event.project_id,
        district=event.district,
        building_area_m2=event.building_area_m2,
        since=event.since,
    )


def _deduction(event: PointsDeducted) -> Deduction:
    return Deduction(
        violation=event.violation,
        points=event.points,
        occurred_on=event.occurred_on,
        decided_on=event.decided_on,
        cycle=event.cycle,
        officer=event.officer,
        company_id=event.company_id,
        served_on=event.served_on,
        object_by=event.object_by,
    )


def _relieved(licence: Licence, project: ProjectId, day: date) -> Licence:
    left = tuple(replace(held, until=day) for held in licence.appointments if held.project_id == project)
    kept = tuple(held for held in licence.appointments if held.project_id != project)
    return replace(licence, appointments=kept, ended=(*licence.ended, *left))


def _resized(held: Tenure, project: ProjectId, area: Area) -> Tenure:
    return replace(held, building_area_m2=area) if held.project_id == project else held


def _with_deduction(licence: Licence, deduction_id: DeductionId, change: Callable[[Deduction], Deduction]) -> Licence:
    changed = change(licence.deductions[deduction_id])
    return replace(licence, deductions=grown(licence.deductions, deduction_id, changed))


def _objection(licence: Licence, deduction_id: DeductionId, objection: Objection) -> Licence:
    return _with_deduction(licence, deduction_id, lambda entry: replace(entry, objection=objection))


def _uncounted(licence: Licence, deduction_id: DeductionId) -> Licence:
    """Take a deduction out of its cycle's tally."""
    entry = licence.deductions[deduction_id]
    tally = licence.tally(entry.cycle).with_charge(entry.violation, entry.points, times=-1)
    return replace(licence, tallies={**licence.tallies, entry.cycle: tally})


def _without(proposals: tuple[Proposal, ...], cycle: CycleLabel) -> tuple[Proposal, ...]:
    return tuple(proposal for proposal in proposals if proposal.cycle != cycle)


def _ended(
    registrations: tuple[Registration, ...], day: date, *, revoked_in: CycleLabel | None
) -> tuple[Registration, ...]:
    """End the registration held now, if there is one."""
    if not registrations or registrations[-1].until is not None:
        return registrations
    return (*registrations[:-1], replace(registrations[-1], until=day, revoked_in=revoked_in))


def _registered(licence: Licence, event: PracticeRegistered) -> Licence:
    """Begin a registration; after a revocation it also ends what that revocation and failed inspections left open."""
    follows_revocation = licence.revoked_by is not None
    registration = Registration(
        licence_number=event.licence_number, company_id=event.company_id, since=event.registered_on
    )
    return replace(
        licence,
        registrations=(*licence.registrations, registration),
        revocations=tuple(replace(entry, superseded=True) for entry in licence.revocations),
        failed_years=frozenset() if follows_revocation else licence.failed_years,
    )


def _revoked(licence: Licence, event: LicenceRevoked) -> Licence:
    revocation = Revocation(cycle=event.cycle, revoked_on=event.revoked_on, banned_until=event.banned_until)
    return replace(
        licence,
        registrations=_ended(licence.registrations, event.revoked_on, revoked_in=event.cycle),
        revocations=(*licence.revocations, revocation),
        proposals=_without(licence.proposals, event.cycle),
    )


def _reinstated(licence: Licence, cycle: CycleLabel) -> Licence:
    """Annul a cycle's revocation; the registration it ended goes on, up to the next revocation that still stands."""
    left = tuple(entry for entry in licence.revocations if entry.cycle != cycle)
    annulled = replace(licence, revocations=left)
    if not licence.registrations or licence.registrations[-1].revoked_in != cycle:
        return annulled
    next_one = next((entry for entry in left if not entry.superseded), None)
    restored = replace(
        licence.registrations[-1],
        until=None if next_one is None else next_one.revoked_on,
        revoked_in=None if next_one is None else next_one.cycle,
    )
    return replace(annulled, registrations=(*licence.registrations[:-1], restored))


LICENCE: Final = Aggregate[Licence, LicenceEvent](name="licence", events=STORED_NAMES, evolve=evolve)
