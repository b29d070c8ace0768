"""Whose is what: the library's ids and topics, and our streams and types, which the library reads and never writes."""

import re
from collections.abc import Callable, Iterable
from typing import Final
from uuid import UUID

from eventsourcing.persistence import ProgrammingError, StoredEvent

OriginatorId = UUID | str
NamedBack = Callable[[str], OriginatorId]
"""Answers the id for which a stream stands."""

_UUID: Final = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_BARE: Final = re.compile(_UUID)
_OUR_STREAM: Final = re.compile(f".*-{_UUID}", re.DOTALL | re.IGNORECASE)
_OUR_TYPE: Final = re.compile(r"[a-z0-9-]+\.[a-z0-9-]+")


def stream_of(originator_id: OriginatorId) -> str:
    """Answer the stream that an id stands for: a string as it is, a UUID as it is written."""
    return str(originator_id)


def uuid_or_text(stream: str) -> OriginatorId:
    """Answer a UUID for a stream that is named by one alone, any other name as it is."""
    return UUID(stream) if _BARE.fullmatch(stream) else stream


def text(stream: str) -> OriginatorId:
    """Answer a stream's name as it is."""
    return stream


NAMED_BACK: Final[dict[str, NamedBack]] = {"uuid": uuid_or_text, "text": text}
"""By the library's setting ORIGINATOR_ID_TYPE."""


def refuse_ours(events: Iterable[StoredEvent]) -> None:
    """Refuse what could be taken for an event of ours, today or one day: `…-<uuid>` as id, `word.word` as topic.

    Raises: ProgrammingError.
    """
    for event in events:
        stream = stream_of(event.originator_id)
        if _OUR_STREAM.fullmatch(stream):
            raise ProgrammingError(f"{stream} has the form of the register's own streams, which end in '-' and a UUID")
        if _OUR_TYPE.fullmatch(event.topic):
            raise ProgrammingError(f"{event.topic} has the form of the register's own event types, 'word.word'")
