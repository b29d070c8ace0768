"""A small aggregate with every kind of field that the log keeps, and builders for what is appended of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from uuid import UUID, uuid4

from application.kernel.callers import Role
from application.kernel.ports import Append, NewEvent, Origin, RetryKey
from domain.kernel.aggregate import Aggregate, StreamName
from domain.kernel.area import Area
from domain.kernel.district import District
from domain.kernel.identifiers import Subject
from domain.kernel.personal import PersonName, Phone
from domain.kernel.refusals import RequestRefused
from domain.kernel.rules import Broken


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten:
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    name: PersonName
    phone: Phone | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSigned:
    author: Author
    witnesses: tuple[PersonName, ...] = ()
    signed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMeasured:
    area: Area
    districts: tuple[District, ...]
    shares: Mapping[str, Area]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRequestRefused(RequestRefused):
    pass


NoteEvent = NoteWritten | NoteSigned | NoteMeasured | NoteRequestRefused


@dataclass(frozen=True, slots=True)
class Note:
    events: int


NOTE: Final = Aggregate[Note, NoteEvent](
    name="note",
    events={
        "note.written": NoteWritten,
        "note.signed": NoteSigned,
        "note.measured": NoteMeasured,
        "note.request-refused": NoteRequestRefused,
    },
    evolve=lambda note, _: Note(1 if note is None else note.events + 1),
)

NOW: Final = datetime(2026, 11, 24, 9, 30, 15, 123456, tzinfo=UTC)


def new_note() -> StreamName:
    return NOTE.stream(uuid4())


def refusals_of(note: StreamName) -> StreamName:
    return NOTE.refusals(id_of(note))


def id_of(stream: StreamName) -> UUID:
    return UUID(stream[-36:])


def origin(command: str = "write-note") -> Origin:
    return Origin(command_id=uuid4(), command=command, subject=Subject("clerk-7"), role=Role.MUNICIPAL, decided_at=NOW)


def written(text: str = "a note") -> NoteWritten:
    return NoteWritten(text=text)


def signed(name: str = "王小明", phone: str | None = "13800138000") -> NoteSigned:
    author = Author(name=PersonName(name), phone=None if phone is None else Phone(phone))
    return NoteSigned(author=author, witnesses=(PersonName("李四"),), signed_at=NOW)


def refused() -> NoteRequestRefused:
    broken = Broken(code="note.too-long", zh="过长", en="too long", cites="Text 3 §2(1)")
    return NoteRequestRefused(command="write-note", asked={"text": "…"}, broken=(broken,), about=())


@dataclass(slots=True)
class SetClock:
    """A clock that stands until it is set."""

    instant: datetime = NOW

    def now(self) -> datetime:
        return self.instant


def retry_key(key: str = "once", body: str = "body") -> RetryKey:
    return RetryKey(digest=key.encode(), fingerprint=body.encode())


def appending(
    stream: StreamName,
    *events: object,
    at: int = 0,
    reads: Mapping[StreamName, int] | None = None,
    key: RetryKey | None = None,
    details: Mapping[str, object] | None = None,
) -> Append:
    """One command that read the stream at version `at` and writes the events after it."""
    writes = tuple(NewEvent(stream=stream, version=at + nth, event=event) for nth, event in enumerate(events, start=1))
    return Append(
        origin=origin(),
        reads={stream: at, **(reads or {})},
        writes=writes,
        thing=stream,
        thing_id=id_of(stream),
        details=details or {},
        retry_key=key,
    )


def refusing(note: StreamName) -> Append:
    """A refusal about a note, recorded beside it at any version."""
    beside = refusals_of(note)
    return Append(
        origin=origin(),
        reads={},
        writes=(NewEvent(stream=beside, version=None, event=refused()),),
        thing=beside,
        thing_id=id_of(note),
    )


@dataclass(slots=True)
class FixedNonces:
    """Nonces that count, so that stored bytes can be told beforehand."""

    last: int = field(default=0)

    def __call__(self) -> bytes:
        self.last += 1
        return self.last.to_bytes(12, "big")
