"""What is overdue of a request is noted once each, beside the request, so that nobody's `If-Match` breaks."""

from dataclasses import dataclass

from domain.kernel.identifiers import ServiceRequestId


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteOverdue:
    """Note whatever of a request is overdue and not noted yet."""

    request_id: ServiceRequestId
