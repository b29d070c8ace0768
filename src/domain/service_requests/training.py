"""Closed complaints are kept as training cases (存档,作为培训案例, Text 4, (三)投诉受理), without personal data."""

from dataclasses import dataclass
from datetime import datetime

from domain.kernel.identifiers import ServiceRequestId


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveTrainingCase:
    """Keep a closed complaint as a training case; the lesson names nobody."""

    request_id: ServiceRequestId
    lesson: str
    occurred_at: datetime | None = None
