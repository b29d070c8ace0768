"""Two clocks run over a request, a third one over a major one; what is overdue follows from the time, never stored.

Each runs once, from the receipt: that of the response until somebody arrives or replies, that of the resolution until
the completion that stands. A completion that a reopening undid stops nothing, as if the clock had run on.
"""

from collections.abc import Iterator
from datetime import datetime

from domain.service_requests.request import Clock, Missed, ServiceRequest


def overdue(request: ServiceRequest, now: datetime) -> tuple[Missed, ...]:
    """Answer every deadline that was missed by now, one for each clock at most.

    What was missed stays missed, also when it is made good later; the very instant of a deadline is in time.
    """
    return tuple(_missed(request, now))


def _missed(request: ServiceRequest, now: datetime) -> Iterator[Missed]:
    ended = request.ended_at or now
    if (request.responded_at or ended) > request.respond_by:
        yield Missed(clock=Clock.RESPONSE, due=request.respond_by)
    if (request.completed_at or _stands_still_since(request) or ended) > request.resolve_by:
        yield Missed(clock=Clock.RESOLUTION, due=request.resolve_by)
    if request.take_charge_by is not None:
        taken = ended if request.charge is None else request.charge.at
        if taken > request.take_charge_by:
            yield Missed(clock=Clock.TAKING_CHARGE, due=request.take_charge_by)


def _stands_still_since(request: ServiceRequest) -> datetime | None:
    """Answer since when the clock of the resolution stands still, if it does."""
    pause = request.pause
    return pause.since if pause is not None and pause.reason.stops_the_clock else None
