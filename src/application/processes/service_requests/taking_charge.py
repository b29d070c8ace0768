"""Major requests: the manager in office takes charge and signs off in person, others only while there is none."""

from dataclasses import dataclass
from typing import ClassVar

from application.kernel.callers import Role
from application.kernel.dossier import Dossier
from application.kernel.permissions import Forbidden, Operation
from application.processes.service_requests.opening import Opened, admitted, step_of
from domain.kernel.identifiers import ServiceRequestId
from domain.service_requests.charge import SignOff, TakeCharge, sign_off, take_charge
from domain.service_requests.folding import SERVICE_REQUEST


@dataclass(frozen=True, slots=True)
class TakingCharge:
    """Have a major request taken in hand."""

    command: ClassVar[str] = "take-charge"

    async def __call__(self, dossier: Dossier, asked: TakeCharge) -> None:
        """Decide on the dossier."""
        found = await _in_person(dossier, asked.request_id)
        step = step_of(dossier, asked.occurred_at)
        dossier.add(SERVICE_REQUEST, asked.request_id, take_charge(found.request, step, found.manager))


@dataclass(frozen=True, slots=True)
class SigningOff:
    """Have a completed major request signed off."""

    command: ClassVar[str] = "sign-off"

    async def __call__(self, dossier: Dossier, asked: SignOff) -> None:
        """Decide on the dossier."""
        found = await _in_person(dossier, asked.request_id)
        step = step_of(dossier, asked.occurred_at)
        dossier.add(SERVICE_REQUEST, asked.request_id, sign_off(found.request, asked, step, found.manager))


async def _in_person(dossier: Dossier, request_id: ServiceRequestId) -> Opened:
    """Admit the manager in office; company, district and city only where nobody is in office at this moment.

    Raises: what admitting raises; Forbidden to those who would stand in for a manager who is there.
    """
    found = await admitted(dossier, request_id, Operation.TAKE_CHARGE)
    if found.manager is not None and dossier.caller.role is not Role.MANAGER:
        raise Forbidden
    return found
