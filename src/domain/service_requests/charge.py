"""Major requests need the project manager in person (Text 4, 每天必须做的 10): taking charge, and signing off."""

from dataclasses import dataclass
from datetime import datetime

from domain.kernel.identifiers import ServiceRequestId


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
