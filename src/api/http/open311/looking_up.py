"""Which requests a client wants to see, from its query."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from api.http.language import Said
from api.http.open311.errors import NotGranted, misfit
from api.http.open311.given import Given
from api.http.open311.services import SERVICES
from application.service_requests.public import PublicRequest, PublicRequestFilter, PublicRequestQueries
from domain.kernel.identifiers import ServiceRequestId, ServiceRequestNumber

SPAN: Final = timedelta(days=90)
MOST_REQUESTS: Final = 1_000
"""So many days and so many requests at once, as the standard has it."""
MOST_PAGES: Final = 100

_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_NUMBER: Final = re.compile(r"SR-[0-9]{6}-[0-9]{8}-[0-9A-Z]{10}", re.ASCII)

_TOO_MANY: Final = Said(f"至多 {MOST_REQUESTS} 个", f"takes at most {MOST_REQUESTS}")
_OPEN_OR_CLOSED: Final = Said("必须是 open 或 closed", "must be open or closed")
_NO_SERVICE: Final = Said("没有这项服务", "names no service here")
_TOO_WIDE: Final = Said(
    f"start_date 与 end_date 之间不得超过 {SPAN.days} 天",
    f"start_date and end_date must not be more than {SPAN.days} days apart",
)
_BACKWARDS: Final = Said("start_date 不得晚于 end_date", "start_date must not be later than end_date")


async def named(requests: PublicRequestQueries, names: Iterable[str]) -> tuple[PublicRequest, ...]:
    """Answer the requests with these numbers, or ids; what is neither names nothing."""
    wanted = set(names)
    numbers = [ServiceRequestNumber(name.upper()) for name in wanted if _NUMBER.fullmatch(name.upper())]
    ids = [ServiceRequestId(UUID(name)) for name in wanted if _UUID.fullmatch(name.lower())]
    return await requests.named(ids=ids, numbers=numbers) if ids or numbers else ()


async def asked_for(requests: PublicRequestQueries, query: Given, now: datetime) -> tuple[PublicRequest, ...]:
    """Answer what a query asks for; where it names requests, the rest of it does not count.

    Raises: NotGranted.
    """
    names = query.several("service_request_id")
    if len(names) > MOST_REQUESTS:
        raise NotGranted(400, misfit("service_request_id", _TOO_MANY))
    if names:
        return await named(requests, names)
    size = query.whole("page_size", MOST_REQUESTS, MOST_REQUESTS)
    page = query.whole("page", 1, MOST_PAGES)
    return await requests.list(filter_of(query, now), skip=(page - 1) * size, limit=size)


def filter_of(query: Given, now: datetime) -> PublicRequestFilter:
    """Read the filters; without dates it is the last 90 days, with one of them 90 days from or until then.

    Raises: NotGranted.
    """
    since, until = query.instant("start_date"), query.instant("end_date")
    if until is None:
        until = now if since is None else since + SPAN
    if since is None:
        since = until - SPAN
    if since > until:
        raise NotGranted(400, _BACKWARDS)
    if until - since > SPAN:
        raise NotGranted(400, _TOO_WIDE)
    codes, statuses = query.several("service_code"), set(query.several("status"))
    if not statuses <= {"open", "closed"}:
        raise NotGranted(400, misfit("status", _OPEN_OR_CLOSED))
    if not SERVICES.keys() >= set(codes):
        raise NotGranted(404, misfit("service_code", _NO_SERVICE))
    return PublicRequestFilter(
        since=since,
        until=until,
        categories=frozenset(SERVICES[code].category for code in codes) or None,
        has_ended=statuses == {"closed"} if len(statuses) == 1 else None,
    )
