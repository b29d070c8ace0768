"""Major requests need the project manager in person (Text 4, 每天必须做的 10): taking charge, and signing off."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import LicenceId, ServiceRequestId
from domain.kernel.rules import Rule, check
from domain.service_requests.events import ManagerTookCharge, ServiceRequestEvent, ServiceRequestSignedOff
from domain.service_requests.request import ServiceRequest, Status
from domain.service_requests.steps import EVERY_STEP, Case, Step, taken


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeCharge:
    """Take a major request in hand."""

    request_id: ServiceRequestId
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """Sign a completed major request off; who does it in the manager's place gives a reason."""

    request_id: ServiceRequestId
    reason: str | None = None
    occurred_at: datetime | None = None


request_is_major: Final = Rule[Case](
    code="request.not-major",
    zh="仅重大事项须由项目经理本人负责和签认",
    en="only a major request is taken in charge and signed off",
    cites="Text 4, 每天必须做的 10",
    is_broken_by=lambda case: not case.request.major,
)


def take_charge(request: ServiceRequest, step: Step, manager: LicenceId | None) -> list[ServiceRequestEvent]:
    """Take a request in hand as its project's `manager` in office, None when there is none and another stands in.

    Nothing while the same one has it in hand; late is not refused, it is overdue.
    """
    if not request.has_ended and request.charge is not None and request.charge.licence_id == manager:
        return []
    case = taken(request, step, is_drawn=not request.has_ended)
    check(case, *EVERY_STEP, request_is_major)
    return [ManagerTookCharge(licence_id=manager, by=step.by, occurred_at=case.at)]


def sign_off(
    request: ServiceRequest, asked: SignOff, step: Step, manager: LicenceId | None
) -> list[ServiceRequestEvent]:
    """Sign a completed request off as its project's `manager` in office, None as above; once for each round of work.

    When nobody has taken charge yet, whoever signs takes it in the same moment, so that the history has both.

    Raises: RulesBroken; Unacceptable when another stands in for the manager without a reason.
    """
    if manager is None and asked.reason is None:
        raise Unacceptable(
            "/reason", zh="无在任项目经理时须说明理由", en="is needed when no manager is in office to sign off"
        )
    if request.status is Status.COMPLETED and request.is_signed_off:
        return []
    case = taken(request, step, is_drawn=request.status is Status.COMPLETED)
    check(case, *EVERY_STEP, request_is_major)
    signed = ServiceRequestSignedOff(licence_id=manager, by=step.by, reason=asked.reason, occurred_at=case.at)
    if request.charge is not None:
        return [signed]
    return [ManagerTookCharge(licence_id=manager, by=step.by, occurred_at=case.at), signed]
