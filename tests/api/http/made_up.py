"""A small made-up application: notes, which use what every real route uses."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Final, NewType
from uuid import UUID

import httpx
from pydantic import Field
from starlette.responses import Response

from adapters.tokens import DevelopmentIssuer
from api.http.answers import created, one, page, plainly, receipt
from api.http.app import HttpApplication, create_app
from api.http.asking import Asking
from api.http.events_stream import events_stream
from api.http.fields import (
    AreaM2,
    Body,
    Choice,
    Count,
    Day,
    DistrictCode,
    Flag,
    Id,
    IdNumberField,
    IdOrNone,
    Name,
    PersonNameField,
    PhoneField,
    Text,
    Uscc,
    Whole,
    Year,
)
from api.http.query_fields import Cursor, FlagParameter, Limit, PositionParameter, YearParameter, keyset
from api.http.resources import Resource
from api.http.wiring import Wiring
from application.kernel.callers import Caller, Role
from application.kernel.permissions import Operation
from application.kernel.ports import Receipt, Recorded
from application.kernel.submission import Answer, Submission
from domain.kernel.aggregate import StreamName
from domain.kernel.identifiers import CompanyId, Subject

NoteId = NewType("NoteId", UUID)

NOTE: Final = NoteId(UUID("11111111-2222-4333-8444-555555555555"))
ID_NUMBER: Final = "11010519491231002X"


class Colour(StrEnum):
    """What a note may look like."""

    RED = "red"
    BLUE = "blue"


class WriterBody(Body):
    """Who writes."""

    name: PersonNameField
    id_number: IdNumberField
    phone: PhoneField | None = None


class NoteBody(Body):
    """One of every field."""

    title: Name
    text: Text | None = None
    area_m2: AreaM2 | None = None
    written_on: Day | None = None
    count: Count = 0
    year: Year | None = None
    points: Whole | None = None
    district: DistrictCode | None = None
    colour: Choice[Colour] = Colour.RED
    pinned: Flag = False
    company_id: Id[CompanyId] | None = None
    uscc: Uscc | None = None
    writer: WriterBody | None = None
    lines: Annotated[tuple[Text, ...], Field(max_length=3, strict=False)] = ()


class TitleBody(Body):
    """The new title."""

    title: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """One note."""

    id: UUID
    version: int
    title: str
    area_m2: Decimal
    written_on: date | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """A note in a list."""

    id: UUID
    title: str


@dataclass(kw_only=True)
class Desk:
    """Where commands and reads arrive: it notes what was asked, and answers or raises what it was told to."""

    answer: Answer | Exception = field(default_factory=lambda: Answer(Receipt(id=NOTE, version=3, position=17)))
    asked: list[tuple[Submission, Any]] = field(default_factory=list)
    read: list[Mapping[str, Any]] = field(default_factory=list)
    more: bool = False

    async def take(self, sent: Submission, asked: object) -> Answer:
        """Take a command."""
        self.asked.append((sent, asked))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    async def show(self, **asked: object) -> NoteView:
        """Show a note."""
        self.read.append(asked)
        if isinstance(self.answer, Exception):
            raise self.answer
        return NoteView(
            id=NOTE,
            version=4,
            title="便条",
            area_m2=Decimal("120000.5"),
            written_on=date(2026, 2, 28),
            at=datetime(2026, 3, 1, tzinfo=UTC),
        )

    async def list(self, **asked: object) -> tuple[Sequence[NoteRow], tuple[str, UUID] | None]:
        """List notes."""
        self.read.append(asked)
        return [NoteRow(id=NOTE, title="便条")], ("便条", NOTE) if self.more else None


@dataclass(kw_only=True)
class Log:
    """A log that grows when a test says so."""

    recorded: list[Recorded] = field(default_factory=list)
    refuses: Exception | None = None
    grown: asyncio.Event = field(default_factory=asyncio.Event)
    instead_of_waiting: Callable[[int, float], None] | None = None

    def record(self, *types: str) -> None:
        """Let events happen."""
        for name in types:
            position = len(self.recorded) + 1
            self.recorded.append(
                Recorded(
                    position=position,
                    stream=StreamName(f"note-{NOTE}"),
                    version=position,
                    type=name,
                    event=None,
                    origin=None,
                    recorded_at=datetime(2026, 3, 1, tzinfo=UTC),
                    data={"title": "第一行\n第二行"},
                )
            )
        self.grown.set()

    async def read(self, *, after: int, limit: int) -> Sequence[Recorded]:
        """Read by position."""
        if self.refuses is not None:
            raise self.refuses
        return self.recorded[after : after + limit]

    async def wait_beyond(self, position: int, seconds: float, /) -> None:
        """Wait for growth."""
        if self.instead_of_waiting is not None:
            self.instead_of_waiting(position, seconds)
            return
        self.grown.clear()
        if len(self.recorded) <= position:
            try:
                await asyncio.wait_for(self.grown.wait(), seconds)
            except TimeoutError:
                return


notes: Final = Resource("/notes", tag="notes")


@notes.creation("", Operation.KEEP_COMPANIES)
async def write_note(request: Asking, body: NoteBody) -> Response:
    """Write a note."""
    return created(request, await request.part(Desk).take(request.submission, body))


@notes.command("/{note_id}/title", Operation.KEEP_COMPANIES, details={"length": int})
async def retitle_note(request: Asking, note_id: Id[NoteId], body: TitleBody) -> Response:
    """Give a note another title."""
    return receipt(await request.part(Desk).take(request.submission, (note_id, body)))


@notes.thing("/{note_id}", Operation.READ_COMPANIES, view=NoteView)
async def show_note(request: Asking, note_id: Id[NoteId], as_of: Day | None = None) -> Response:
    """Show a note."""
    return one(await request.part(Desk).show(note_id=note_id, as_of=as_of, at_least=request.min_position))


@notes.page("", Operation.READ_COMPANIES, view=NoteRow)
async def list_notes(
    request: Asking,
    *,
    colour: Choice[Colour] | None = None,
    pinned: FlagParameter | None = None,
    company_id: IdOrNone[CompanyId] | None = None,
    year: YearParameter | None = None,
    district: DistrictCode | None = None,
    q: Name | None = None,
    cursor: Cursor | None = None,
    limit: Limit = 50,
) -> Response:
    """List notes."""
    items, after = await request.part(Desk).list(
        colour=colour,
        pinned=pinned,
        company_id=company_id,
        year=year,
        district=district,
        q=q,
        after=keyset(cursor, tuple[str, UUID]),
        limit=limit,
    )
    return page(request, items, after)


@notes.other("GET", "/weather/today", Operation.READ_COMPANIES)
async def weather(request: Asking, day: Day) -> Response:
    """Tell what has no version and needs a parameter."""
    return plainly({"day": day, "by": request.caller.subject})


@notes.stream("/log/stream", Operation.READ_LOG)
async def follow_notes(request: Asking, after: PositionParameter = 0) -> Response:
    """Follow the log."""
    return await events_stream(request, request.part(Log), after=after, show=lambda entry: entry.data)


@dataclass(kw_only=True)
class City:
    """The application with what stands behind it, and a client."""

    desk: Desk = field(default_factory=Desk)
    log: Log = field(default_factory=Log)
    checks: dict[str, bool] = field(default_factory=lambda: {"database": True})
    lived: list[str] = field(default_factory=list)
    time: float = 1_800_000_000.0

    def __post_init__(self) -> None:
        self.tokens = DevelopmentIssuer(b"k" * 32, now=lambda: self.time)
        self.stopping = asyncio.Event()
        self.app: HttpApplication = create_app(
            Wiring(
                parts=[self.desk, self.log],
                tokens=self.tokens,
                fingerprint_key=b"f" * 32,
                ready=self._ready,
                lifespan=self._lifespan,
                stopping=self.stopping,
            ),
            [notes],
        )
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url="http://test")

    async def _ready(self) -> Mapping[str, bool]:
        return self.checks

    @asynccontextmanager
    async def _lifespan(self) -> AsyncIterator[None]:
        self.lived.append("began")
        yield
        self.lived.append("ended")

    def bearer(self, role: Role = Role.MUNICIPAL, **bound: Any) -> dict[str, str]:
        """Answer the header that proves a caller."""
        caller = Caller(subject=Subject("clerk-1"), role=role, **bound)
        return {"Authorization": f"Bearer {self.tokens.issue(caller, '王五', timedelta(hours=1))}"}

    async def post(self, path: str, json: object = None, **more: Any) -> httpx.Response:
        """Send a command as the municipal authority."""
        return await self.client.post(path, json=json, headers={**self.bearer(), **more})

    async def post_bytes(self, body: bytes, path: str = "/v1/notes") -> httpx.Response:
        """Send bytes that say they are JSON."""
        return await self.client.post(path, content=body, headers={**self.bearer(), "Content-Type": "application/json"})

    async def get(self, path: str, **more: str) -> httpx.Response:
        """Read as the municipal authority."""
        return await self.client.get(path, headers={**self.bearer(), **more})
