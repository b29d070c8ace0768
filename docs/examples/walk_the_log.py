"""Walks the whole log with the `eventsourcing` library alone: no decision, no codec and no check of ours takes part.

    GUANJIA_DATABASE_URL=postgresql://… GUANJIA_CITY=321000 python docs/examples/walk_the_log.py

Without an address it looks into the embedded database of `GUANJIA_DATA_DIR`. It prints position, time, stream, version
and type of every event, and checks that positions are dense from 1, that time never goes back, and that every event has
the hash of its parts. It only reads. Exits with 1 at the first event that is not as it must be.
"""

# ruff: noqa: INP001 - a script that stands alone

import hashlib
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from struct import pack
from typing import Any
from uuid import UUID

from eventsourcing.application import Application

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Log(Application[UUID]):
    """A stock application that nothing is ever saved in; its notification log is the whole log of the city."""

    log_section_size = 1_000


def events(log: Log) -> Iterator[Any]:
    """Go through the notification log, section by section."""
    section_id: str | None = f"1,{log.log_section_size}"
    while section_id is not None:
        section = log.notification_log[section_id]
        yield from section.items
        section_id = section.next_id


def leaf(event: Any) -> bytes:  # noqa: ANN401 - the library's notification, with all that the log holds besides
    """Compute an event's hash anew: SHA-256 over its parts, numbers in 8 bytes, texts and blobs after their length."""
    return hashlib.sha256(
        b"\x00"
        + pack(">q", event.id)
        + measured(str(event.originator_id).encode())
        + pack(">q", event.originator_version)
        + measured(event.topic.encode())
        + measured(event.state)
        + measured(event.metadata)
        + pack(">q", (event.recorded_at - EPOCH) // timedelta(microseconds=1))
    ).digest()


def measured(part: bytes) -> bytes:
    """Put a part's length before it, in 4 bytes."""
    return pack(">i", len(part)) + part


def walk(log: Log) -> str | None:
    """Print every event; answer what is wrong with the first that is not as it must be."""
    head, position, time = log.recorder.max_notification_id() or 0, 0, EPOCH
    for event in events(log):
        if event.id != position + 1:
            return f"position {position + 1} is missing"
        if event.recorded_at < time:
            return f"position {event.id} was recorded before position {position}"
        if event.leaf != leaf(event):
            return f"position {event.id} has not the hash of its parts"
        position, time = event.id, event.recorded_at
        stamp = time.isoformat(timespec="microseconds")
        sys.stdout.write(f"{position} {stamp} {event.originator_id} {event.originator_version} {event.topic}\n")
    if position < head:
        return f"the log ends at position {position}, its head is at {head}"
    sys.stdout.write(f"{position} events, positions dense from 1\n")
    return None


def main() -> str | None:
    """Open the log without making or migrating anything, and walk it."""
    with Log(env={"PERSISTENCE_MODULE": "adapters.eventsourcing", "CREATE_TABLE": "no"}) as log:
        return walk(log)


if __name__ == "__main__":
    sys.exit(main())
