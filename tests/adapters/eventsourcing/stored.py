"""Events as an application of the library stores them."""

from uuid import UUID, uuid4

from eventsourcing.persistence import StoredEvent


def bought(
    version: int = 1, *, of: UUID | str | None = None, topic: str = "shop:Bought", state: bytes = b"\x00\xff"
) -> StoredEvent:
    return StoredEvent(of or uuid4(), version, topic, state)
