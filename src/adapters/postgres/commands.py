"""One command on its way into the log: checked, and turned into the bytes that will be stored."""

from collections.abc import Sequence
from typing import Final, NamedTuple
from uuid import UUID

import msgspec

from adapters.postgres.codec import Codec
from adapters.postgres.sealing import PersonalKeys, person_of
from application.kernel.ports import Append, Receipt

_DETAILS: Final = msgspec.json.Encoder(decimal_format="number")
_NO_DETAILS: Final = "{}"


class StoredParts(NamedTuple):
    """One event as it will stand in the log, but for what is assigned under the lock."""

    stream: str
    type: str
    data: bytes
    metadata: bytes


class Command(NamedTuple):
    """What one append consists of.

    `details` is JSON, `digest` the hashed retry key, `depends` the streams whose versions it stands on, `writes` those
    that it moves, `size` the bytes of its events.
    """

    append: Append
    events: Sequence[StoredParts]
    details: str
    digest: bytes | None
    depends: frozenset[str]
    writes: frozenset[str]
    size: int

    def receipt(self, version: int, position: int) -> Receipt:
        """Answer what the command is answered with once its last event stands at `position`."""
        return Receipt(
            id=self.append.thing_id, version=version, position=position, details=msgspec.json.decode(self.details)
        )


async def encoded(append: Append, codec: Codec, keys: PersonalKeys) -> Command:
    """Check that an append hangs together and encode its events; a person's key is made before it is used.

    Raises: ValueError, UnknownEvent, Unavailable.
    """
    _hangs_together(append)
    persons = {person_of(write.stream) for write in append.writes if codec.seals(write.stream, write.event)}
    provided = await keys.provide(persons) if persons else {}
    metadata: dict[int, bytes] = {}
    events = []
    size = 0
    for write in append.writes:
        name, data, schema = codec.encode(write.stream, write.event, provided)
        if schema not in metadata:
            metadata[schema] = codec.metadata(append.origin, schema)
        events.append(StoredParts(write.stream, name, data, metadata[schema]))
        size += len(data) + len(metadata[schema])
    writes = frozenset([write.stream for write in append.writes])
    return Command(
        append=append,
        events=events,
        details=_DETAILS.encode(append.details).decode() if append.details else _NO_DETAILS,
        digest=append.retry_key.digest if append.retry_key else None,
        # The receipt shows the version of a thing that is not written, so that it must not move meanwhile either.
        depends=frozenset(append.reads) if append.thing in writes else frozenset((*append.reads, append.thing)),
        writes=writes,
        size=size,
    )


def replayed_receipt(thing_id: UUID, version: int, position: int, details: str) -> Receipt:
    """Build a receipt from what was kept of it; the driver answers UUIDs of a kind of its own."""
    return Receipt(id=UUID(int=thing_id.int), version=version, position=position, details=msgspec.json.decode(details))


def _hangs_together(append: Append) -> None:
    if not append.writes and append.retry_key is None:
        raise ValueError("an append writes at least one event, or has a key under which there was nothing to write")
    ahead: dict[str, int] = {}
    for write in append.writes:
        if write.version is None:
            continue
        after = ahead.get(write.stream, append.reads.get(write.stream))
        if after is None or write.version != after + 1:
            raise ValueError(f"{write.stream} was read at {after}: the next event there cannot be {write.version}")
        ahead[write.stream] = write.version
