"""A service request as anybody may read it: where it stands, in sentences of ours, never in words of anybody's."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Final

from api.http.language import Language, Said
from api.http.open311.documents import Document, Entry, Many
from api.http.open311.services import SERVICES
from application.service_requests.public import PublicRequest
from domain.service_requests.request import ENDED, Status
from domain.service_requests.words import PauseReason

_STANDS: Final[Mapping[Status, Said]] = {
    Status.RECEIVED: Said("已受理", "Received"),
    Status.DISPATCHED: Said("已派单", "Dispatched"),
    Status.IN_PROGRESS: Said("处理中", "Work is in progress"),
    Status.PAUSED: Said("已暂停", "Work is paused"),
    Status.COMPLETED: Said("已完工，待回访或答复", "Work is done; a return visit or a reply is to come"),
    Status.CLOSED: Said("已办结", "Closed"),
    Status.CANCELLED: Said("报事人已撤回", "Taken back by who reported it"),
}
_WAITS: Final[Mapping[PauseReason, Said]] = {
    PauseReason.AWAITING_RESIDENT: Said("已暂停：等待住户", "Work is paused: waiting for the resident"),
    PauseReason.AWAITING_PARTS: Said("已暂停：等待配件", "Work is paused: waiting for parts"),
    PauseReason.FORCE_MAJEURE: Said("已暂停：不可抗力", "Work is paused: force majeure"),
}
_REFERRED: Final = Said("已转专业单位或主管部门", "Referred to a professional unit or an authority")
_DUPLICATE: Final = Said("与另一事项重复", "A duplicate of another request")


def requests_shown(requests: Iterable[PublicRequest], language: Language) -> Document:
    """Answer requests."""
    return Document("service_requests", Many("request", [_shown(request, language) for request in requests]))


def _shown(request: PublicRequest, language: Language) -> Entry:
    service = SERVICES[request.category]
    place = [part for part in (request.project_name, request.address) if part is not None]
    return {
        "service_request_id": request.number,
        "status": "closed" if request.status in ENDED else "open",
        "status_notes": _notes(request).to(language),
        "service_name": service.name.to(language),
        "service_code": service.category.value,
        "description": None,
        "agency_responsible": request.company,
        "service_notice": service.notice.to(language),
        "requested_datetime": _instant(request.received_at),
        "updated_datetime": _instant(request.changed_at),
        "expected_datetime": _instant(request.resolve_by),
        "address": "，".join(place) or None,
        "address_id": str(request.project_id),
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }


def _notes(request: PublicRequest) -> Said:
    if request.is_referred:
        return _REFERRED
    if request.is_duplicate:
        return _DUPLICATE
    if request.pause_reason is not None:
        return _WAITS[request.pause_reason]
    return _STANDS[request.status]


def _instant(instant: datetime) -> str:
    """Write an instant as the W3C's note on dates has it, to the second in UTC."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
