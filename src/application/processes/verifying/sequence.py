"""The log as one sequence: positions dense from 1, time never going back, every event as it was stored."""

from collections.abc import Iterator
from datetime import datetime

from application.kernel.auditing import Ends, Entry
from application.processes.verifying.report import Finding


class Sequence:
    """Walks along the log by position."""

    def __init__(self) -> None:
        self._position = 0
        self._recorded_at: datetime | None = None

    def next(self, entry: Entry) -> Iterator[Finding]:
        """Look at the next event."""
        due = self._position + 1
        if entry.position != due:
            missing = f"position {due}" if entry.position == due + 1 else f"positions {due} to {entry.position - 1}"
            yield Finding(due, None, f"{missing} missing: positions are dense from 1")
        if self._recorded_at is not None and entry.recorded_at < self._recorded_at:
            yield Finding(
                entry.position,
                entry.stream,
                f"recorded at {entry.recorded_at.isoformat()}, before the event in front of it "
                f"({self._recorded_at.isoformat()})",
            )
        yield from (Finding(entry.position, entry.stream, fault) for fault in entry.faults)
        if entry.event is not None and (entry.origin is None or not entry.origin.subject.strip()):
            yield Finding(entry.position, entry.stream, f"{entry.type} does not say who did it")
        self._position, self._recorded_at = entry.position, entry.recorded_at


def wrong_ends(ends: Ends) -> Iterator[Finding]:
    """Compare the log's head with its events; the heads of streams that have none."""
    if ends.head != ends.last:
        yield Finding(
            min(ends.head, ends.last) + 1,
            None,
            f"the log's head is at position {ends.head}, its last event at {ends.last}",
        )
    for stream in ends.empty_streams:
        yield Finding(ends.last, stream, "the table of heads has this stream, the log has no event of it")
