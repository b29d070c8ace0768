"""How a request ends without having been worked off: cancelled, referred, or as a duplicate."""

from dataclasses import dataclass
from datetime import datetime

from domain.kernel.identifiers import ServiceRequestId


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelRequest:
    """Take a request back, as its reporter or with the reporter's reason."""

    request_id: ServiceRequestId
    reason: str
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferRequest:
    """Refer a request to a professional unit or an authority."""

    request_id: ServiceRequestId
    to: str
    reason: str
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkDuplicate:
    """End a request because another one is about the same."""

    request_id: ServiceRequestId
    duplicate_of: ServiceRequestId
    occurred_at: datetime | None = None
