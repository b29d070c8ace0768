"""The stock `ProjectionRunner` on PostgreSQL with its default settings: the rows of our table, event by event."""

import os
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.application import Application
from eventsourcing.dispatch import singledispatchmethod
from eventsourcing.domain import Aggregate
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresDatastore, PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.sql import SQL, Composed, Identifier, Placeholder

from benchmarks.baselines.connecting import stock_environment
from benchmarks.baselines.tables import COLUMNS, table_called
from benchmarks.rebuilds import tell

_TABLE = "stock_deductions"
_FILES_AT_ONCE = 25
_CHARGES = 19


class File(Aggregate):
    """A licence as the library's own documentation would write it, with all that our table shows."""

    def __init__(self) -> None:
        self.points = 0

    class PointsDeducted(Aggregate.Event):
        """A violation was charged; days as ISO 8601, which is what the library's JSON takes."""

        deduction_id: UUID
        violation: str
        points: int
        occurred_on: str
        decided_on: str
        cycle: str
        rule_set: str
        object_by: str

        def apply(self, aggregate: Any) -> None:  # noqa: ANN401 - as the library has it
            """Count the points."""
            aggregate.points += self.points

    def deduct(self, violation: str, points: int, day: date) -> None:
        """Charge a violation."""
        self.trigger_event(
            self.PointsDeducted,
            deduction_id=uuid4(),
            violation=violation,
            points=points,
            occurred_on=day.isoformat(),
            decided_on=day.isoformat(),
            cycle=str(day.year),
            rule_set="bench",
            object_by=(day + timedelta(days=15)).isoformat(),
        )


class Register(Application[UUID]):
    """The log: files that are opened and charged."""

    def fill(self, events: int) -> int:
        """Append files, each opened and charged, up to so many events; answers the position of the last one."""
        last = self.recorder.max_notification_id() or 0
        while last < events:
            last = self.save(*(_charged_file() for _ in range(_FILES_AT_ONCE)))[-1].notification.id
        return last


def _charged_file() -> File:
    file = File()
    for _ in range(_CHARGES):
        file.deduct("V14", 10, datetime.now(UTC).date())
    return file


class DeductionsView(PostgresTrackingRecorder):
    """The table, and beside it how far it has followed; both in one transaction an event."""

    def __init__(self, datastore: PostgresDatastore, **kwargs: Any) -> None:  # noqa: ANN401 - as the library has it
        super().__init__(datastore, **kwargs)
        self._insert: Composed = SQL("insert into {} ({}) values ({})").format(
            Identifier(_TABLE),
            SQL(", ").join(map(Identifier, COLUMNS)),
            SQL(", ").join(Placeholder() * len(COLUMNS)),
        )

    def add(self, row: tuple[object, ...], tracking: Tracking) -> None:
        """Insert one row."""
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(self._insert, row, prepare=True)


class Deductions(Projection[DeductionsView]):
    """Follows the register."""

    name = _TABLE

    @singledispatchmethod
    def process_event(self, domain_event: object, tracking: Tracking) -> None:  # noqa: ARG002 - the library names it
        """Pass over what leaves no row."""
        self.view.insert_tracking(tracking)

    @process_event.register
    def _(self, deducted: File.PointsDeducted, tracking: Tracking) -> None:
        position = tracking.notification_id
        self.view.add(
            (
                deducted.deduction_id,
                position,
                position,
                deducted.originator_id,
                None,
                deducted.violation,
                deducted.points,
                deducted.occurred_on,
                deducted.decided_on,
                deducted.cycle,
                deducted.rule_set,
                deducted.object_by,
                "in_force",
                None,
            ),
            tracking,
        )


def run(environment: dict[str, str], events: int) -> None:
    """Fill the log if need be, make the view anew, follow to the end, and tell how long that took."""
    with Register(env=environment) as register:
        last = register.fill(events)
        datastore = register.factory.datastore  # type: ignore[attr-defined] # PostgreSQL's factory has one
        with datastore.transaction(commit=True) as cursor:
            for table in (_TABLE, f"{_TABLE}_tracking"):
                cursor.execute(SQL("drop table if exists {}").format(Identifier(table)))
            cursor.execute(table_called(_TABLE, has_key=True).encode())
    began = time.perf_counter()
    with ProjectionRunner(
        application_class=Register, projection_class=Deductions, view_class=DeductionsView, env=environment
    ) as runner:
        runner.wait(last, timeout=3_600)
        took = time.perf_counter() - began
        tell(last * _CHARGES // (_CHARGES + 1), took)


if __name__ == "__main__":
    run(stock_environment(os.environ["BENCH_DATABASE_URL"]), int(os.environ["BENCH_STOCK_EVENTS"]))
