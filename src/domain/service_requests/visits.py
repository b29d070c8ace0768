"""Return visits (回访): every repair gets one, by somebody who did not do the work (Text 4, 六(一))."""

from dataclasses import dataclass
from datetime import datetime

from domain.kernel.identifiers import ServiceRequestId
from domain.service_requests.words import VisitChannel, VisitOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReturnVisit:
    """Record what came of asking the resident; a rating is 1 to 5."""

    request_id: ServiceRequestId
    outcome: VisitOutcome
    channel: VisitChannel | None = None
    rating: int | None = None
    note: str | None = None
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReturnVisit:
    """Answer as the resident who reported it; it counts as a visit."""

    request_id: ServiceRequestId
    satisfied: bool
    rating: int | None = None
