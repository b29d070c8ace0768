"""The clocks of a service request in columns: a deadline is in `…_due` while its clock runs, `late` once it was missed.

A clock that stops after its deadline leaves its request late for good; one that runs on past it is late by the time
that is compared, whenever that is.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from adapters.postgres.read_models.service_request_rows import ServiceRequestRow, standing
from domain.service_requests.clocks import overdue
from domain.service_requests.words import PauseReason

Changes = dict[str, Any]

_KEPT: Final[Any] = object()
"""As it was before."""
_THE_END: Final = datetime.max.replace(tzinfo=UTC)
"""When every clock that runs has run out."""


def responded(row: ServiceRequestRow, at: datetime) -> Changes:
    """Stop the clock of the response, once."""
    if row.responded_at is not None:
        return {}
    is_late = at > row.respond_by
    return {
        "responded_at": at,
        "response_due": None,
        "late_response": row.late_response or is_late,
        "late": row.late or is_late,
        "due": first_due(row, response_due=None),
    }


def work_completed(row: ServiceRequestRow, at: datetime) -> Changes:
    """Stop the clock of the resolution."""
    return {"completed_at": at, **_resolution_stopped(row, at)}


def work_paused(row: ServiceRequestRow, reason: PauseReason, at: datetime) -> Changes:
    """Have the clock of the resolution stand still, if that is a reason to."""
    return _resolution_stopped(row, at) if reason.stops_the_clock else {}


def charge_taken(row: ServiceRequestRow, at: datetime) -> Changes:
    """Stop the clock of taking charge, once."""
    if row.charged_at is not None:
        return {}
    is_late = row.take_charge_by is not None and at > row.take_charge_by
    return {"charged_at": at, "late": row.late or is_late, "due": first_due(row, charge_due=None)}


def stopped(row: ServiceRequestRow, at: datetime) -> Changes:
    """Stop whatever clock still runs: the request has ended."""
    late_response = row.response_due is not None and at > row.response_due
    late_resolution = row.resolution_due is not None and at > row.resolution_due
    return {
        "ended_at": at,
        "response_due": None,
        "resolution_due": None,
        "due": None,
        "late_response": row.late_response or late_response,
        "late_resolution": row.late_resolution or late_resolution,
        # The first deadline of all those that still run.
        "late": row.late or (row.due is not None and at > row.due),
    }


def work_undone(row: ServiceRequestRow) -> Changes:
    """Have the clock of the resolution run on: what was completed is not."""
    due = row.resolve_by
    return {"completed_at": None, "ended_at": None, "resolution_due": due, "due": first_due(row, resolution_due=due)}


def watched(row: ServiceRequestRow) -> ServiceRequestRow:
    """Find the first deadline that was missed or whose clock still runs, and that is not on record as missed."""
    noted = row.noted or ()
    # Of what is missed in the end, nothing more is known than that nobody has stopped its clock in time.
    waiting = [each.due for each in overdue(standing(row), _THE_END) if each.clock not in noted]
    return replace(row, watch=min(waiting, default=None))


def first_due(
    row: ServiceRequestRow,
    *,
    response_due: datetime | None = _KEPT,
    resolution_due: datetime | None = _KEPT,
    charge_due: datetime | None = _KEPT,
) -> datetime | None:
    """Answer the first deadline whose clock runs, when some are other than the row has them."""
    running = (
        row.response_due if response_due is _KEPT else response_due,
        row.resolution_due if resolution_due is _KEPT else resolution_due,
        _charge_due(row) if charge_due is _KEPT else charge_due,
    )
    return min((due for due in running if due is not None), default=None)


def _charge_due(row: ServiceRequestRow) -> datetime | None:
    return row.take_charge_by if row.charged_at is None and row.ended_at is None else None


def _resolution_stopped(row: ServiceRequestRow, at: datetime) -> Changes:
    is_late = at > row.resolve_by
    return {
        "resolution_due": None,
        "late_resolution": row.late_resolution or is_late,
        "late": row.late or is_late,
        "due": first_due(row, resolution_due=None),
    }
