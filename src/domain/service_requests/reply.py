"""Answering a resident in writing; the first reply stops the clock of the response."""

from dataclasses import dataclass
from datetime import datetime

from domain.kernel.identifiers import ServiceRequestId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyToRequest:
    """Answer the resident in writing."""

    request_id: ServiceRequestId
    text: str
    occurred_at: datetime | None = None
