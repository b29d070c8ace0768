"""The bytes of events are for ever: what was written once must be written, and read, the same way always."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from adapters.postgres.codec import Codec
from domain.kernel.aggregate import Aggregate

THING: Final = UUID("00000000-0000-4000-8000-000000000001")


@dataclass(frozen=True)
class Pinned:
    """An event and its bytes; bytes of an older spelling stay here, with `is_old`, beside those written now."""

    event: object
    data: str
    is_old: bool = False


def assert_pinned(aggregate: Aggregate[Any, Any], name: str, pinned: Pinned) -> None:
    """Write the event as it is pinned, and read the pinned bytes as the event."""
    codec = Codec((aggregate,))
    stream = aggregate.stream(THING)
    if not pinned.is_old:
        assert codec.encode(stream, pinned.event, {}) == (name, pinned.data.encode(), 0)
    metadata = (
        b'{"command_id":"00000000-0000-4000-8000-000000000002","command":"test","subject":"clerk","role":"municipal",'
        b'"decided_at":"2026-11-24T12:00:00Z"}'
    )
    assert codec.event(stream, name, pinned.data.encode(), metadata) == pinned.event
