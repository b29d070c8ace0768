"""Closing a request that was looked after, and opening it again."""

from dataclasses import dataclass
from datetime import datetime

from domain.kernel.identifiers import ServiceRequestId


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRequest:
    """Close a request."""

    request_id: ServiceRequestId
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenRequest:
    """Have the work done anew."""

    request_id: ServiceRequestId
    reason: str
    occurred_at: datetime | None = None
