"""The stock `eventsourcing` application on PostgreSQL, with its default settings, behind FastAPI."""

import os
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from fastapi import FastAPI

from benchmarks.baselines.body import Deduction
from benchmarks.baselines.connecting import stock_environment


class Licence(Aggregate):
    """A licence as the library's own documentation would write it."""

    def __init__(self, *, id: UUID) -> None:  # noqa: A002 - the library's word
        self._id = id
        self.points = 0
        self.last = ("", "", "")

    @event("PointsDeducted")
    def deduct(self, violation: str, points: int, occurred_on: str, reason: str) -> None:
        """Charge a violation."""
        self.points += points
        self.last = (violation, occurred_on, reason)


class Licences(Application[UUID]):
    """Commands over licences."""

    def deduct(self, licence_id: UUID, deduction: Deduction) -> int:
        """Load, decide, save; answers the position."""
        licence: Licence = self.repository.get(licence_id)
        licence.deduct(deduction.violation, deduction.points or 1, deduction.occurred_on.isoformat(), deduction.reason)
        return self.save(licence)[-1].notification.id

    def open(self, licence_id: UUID) -> None:
        """Open a licence."""
        self.save(Licence(id=licence_id))


licences = Licences(env={**stock_environment(os.environ["BENCH_DATABASE_URL"]), "AGGREGATE_CACHE_MAXSIZE": "10000"})
app = FastAPI()


@app.put("/v1/licences/{licence_id}")
def keep(licence_id: UUID) -> None:
    """Open a licence that is charged later."""
    licences.open(licence_id)


@app.post("/v1/licences/{licence_id}/deductions")
def deduct(licence_id: UUID, deduction: Deduction) -> dict[str, object]:
    """Deduct points."""
    position = licences.deduct(licence_id, deduction)
    return {"id": licence_id, "version": 1, "position": position, "deduction_id": position}
