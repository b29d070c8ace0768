"""What can be asked about licences."""

from typing import Final

from starlette.responses import Response

from api.http.answers import created, receipt
from api.http.asking import Asking
from api.http.fields import Id, Name
from api.http.licence_bodies import (
    CertificateBody,
    DeductionBody,
    InspectionBody,
    ObjectionBody,
    ObjectionDecisionBody,
    OpenFileBody,
    ReasonBody,
    RegistrationBody,
    ServiceBody,
)
from api.http.resources import Resource
from application.kernel.permissions import Operation
from application.use_cases import Commands
from domain.kernel.identifiers import DeductionId, LicenceId
from domain.licensing.certificates import EraseHolder, OpenFile, RecordCertificate, WithdrawCertificate
from domain.licensing.deduction import DeductPoints
from domain.licensing.events import Holder
from domain.licensing.inspection import ConcludeInspection
from domain.licensing.objection import DecideObjection, ObjectToDeduction, RecordService
from domain.licensing.registration import DeregisterPractice, RegisterPractice
from domain.licensing.revocation import DecideRevocation

licence_commands: Final = Resource("/licences", tag="licences")


@licence_commands.creation("", Operation.KEEP_LICENCE_FILES)
async def open_licence_file(request: Asking, body: OpenFileBody) -> Response:
    """Open the licence file of a person, one per person and city."""
    asked = OpenFile(holder=Holder(**vars(body.holder)))
    return created(request, await request.part(Commands).open_file(request.submission, asked))


@licence_commands.command("/{licence_id}/certificates", Operation.KEEP_LICENCE_FILES)
async def record_certificate(request: Asking, licence_id: Id[LicenceId], body: CertificateBody) -> Response:
    """Put a certificate on file."""
    asked = RecordCertificate(licence_id=licence_id, **vars(body))
    return receipt(await request.part(Commands).record_certificate(request.submission, asked))


@licence_commands.command("/{licence_id}/certificates/{number:path}/withdrawal", Operation.WITHDRAW_CERTIFICATE)
async def withdraw_certificate(request: Asking, licence_id: Id[LicenceId], number: Name, body: ReasonBody) -> Response:
    """Take a certificate out of account."""
    asked = WithdrawCertificate(licence_id=licence_id, number=number, reason=body.reason)
    return receipt(await request.part(Commands).withdraw_certificate(request.submission, asked))


@licence_commands.command("/{licence_id}/registration", Operation.REGISTER_PRACTICE)
async def register_practice(request: Asking, licence_id: Id[LicenceId], body: RegistrationBody) -> Response:
    """Register the person's practice for a company."""
    asked = RegisterPractice(licence_id=licence_id, **vars(body))
    return receipt(await request.part(Commands).register_practice(request.submission, asked))


@licence_commands.command("/{licence_id}/deregistration", Operation.KEEP_LICENCE_FILES)
async def deregister_practice(request: Asking, licence_id: Id[LicenceId], body: ReasonBody) -> Response:
    """End the registration."""
    asked = DeregisterPractice(licence_id=licence_id, reason=body.reason)
    return receipt(await request.part(Commands).deregister_practice(request.submission, asked))


@licence_commands.command("/{licence_id}/deductions", Operation.DEDUCT, details={"deduction_id": str})
async def deduct_points(request: Asking, licence_id: Id[LicenceId], body: DeductionBody) -> Response:
    """Charge a manager with a violation; at the limit the licence is revoked in the same instant."""
    asked = DeductPoints(licence_id=licence_id, **{**vars(body), "evidence": tuple(body.evidence)})
    return receipt(await request.part(Commands).deduct_points(request.submission, asked))


@licence_commands.command("/{licence_id}/deductions/{deduction_id}/service", Operation.RECORD_SERVICE)
async def record_service(
    request: Asking, licence_id: Id[LicenceId], deduction_id: Id[DeductionId], body: ServiceBody
) -> Response:
    """Record that the notice of a deduction was served later."""
    asked = RecordService(licence_id=licence_id, deduction_id=deduction_id, **vars(body))
    return receipt(await request.part(Commands).record_service(request.submission, asked))


@licence_commands.command("/{licence_id}/revocation", Operation.DECIDE_REVOCATION)
async def decide_revocation(request: Asking, licence_id: Id[LicenceId], body: ReasonBody) -> Response:
    """Decide a proposed revocation."""
    asked = DecideRevocation(licence_id=licence_id, reason=body.reason)
    return receipt(await request.part(Commands).decide_revocation(request.submission, asked))


@licence_commands.command("/{licence_id}/deductions/{deduction_id}/objection", Operation.OBJECT)
async def object_to_deduction(
    request: Asking, licence_id: Id[LicenceId], deduction_id: Id[DeductionId], body: ObjectionBody
) -> Response:
    """Object to a deduction."""
    asked = ObjectToDeduction(licence_id=licence_id, deduction_id=deduction_id, **vars(body))
    return receipt(await request.part(Commands).object_to_deduction(request.submission, asked))


@licence_commands.command("/{licence_id}/deductions/{deduction_id}/objection/decision", Operation.DECIDE_OBJECTION)
async def decide_objection(
    request: Asking, licence_id: Id[LicenceId], deduction_id: Id[DeductionId], body: ObjectionDecisionBody
) -> Response:
    """Uphold or reject a pending objection."""
    asked = DecideObjection(licence_id=licence_id, deduction_id=deduction_id, **vars(body))
    return receipt(await request.part(Commands).decide_objection(request.submission, asked))


@licence_commands.command(
    "/{licence_id}/annual-inspections", Operation.INSPECT, details={"passed": bool, "reasons": list[str]}
)
async def conclude_inspection(request: Asking, licence_id: Id[LicenceId], body: InspectionBody) -> Response:
    """Conclude the annual inspection of a year that has ended."""
    asked = ConcludeInspection(licence_id=licence_id, year=body.year)
    return receipt(await request.part(Commands).conclude_inspection(request.submission, asked))


@licence_commands.command("/{licence_id}/erasure", Operation.ERASE_PERSON)
async def erase_holder(request: Asking, licence_id: Id[LicenceId], body: ReasonBody) -> Response:
    """Destroy the key of the person's name, ID number and phone."""
    asked = EraseHolder(licence_id=licence_id, reason=body.reason)
    return receipt(await request.part(Commands).erase_holder(request.submission, asked))
