"""A made-up list with one of everything that a view can hold."""

import asyncio
import io
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal, NewType
from uuid import UUID

from api.exporting.columns import columns_of
from api.exporting.extract import Extract, Heading, Row
from api.exporting.sink import Sink

ThingId = NewType("ThingId", UUID)


class Colour(StrEnum):
    """A choice."""

    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whose it is."""

    name: str | None
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One of everything."""

    id: ThingId
    version: int
    name: str
    colour: Colour | None
    mood: Literal["good", "bad"]
    area_m2: Decimal
    share: float | None
    pinned: bool
    owner: Owner | None
    at: datetime
    lines: tuple[str, ...]
    more: Mapping[str, object]
    either: int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Knot:
    """Something that may hold another of its kind."""

    name: str
    inner: "Knot | None"


COLUMNS = columns_of(Thing)
HEADING = Heading(name="things", position=17, columns=COLUMNS)
ID = "11111111-2222-4333-8444-555555555555"
AT = datetime(2026, 3, 1, 12, 30, 15, tzinfo=UTC)


def row(name: str = "便条", **differently: object) -> Row:
    """Answer a row in which everything is there."""
    cells = {
        "id": ID,
        "version": 3,
        "name": name,
        "colour": "red",
        "mood": "good",
        "area_m2": Decimal("120000.50"),
        "share": 0.25,
        "pinned": True,
        "owner.name": "王五",
        "owner.since": date(2026, 2, 28),
        "at": AT,
        "lines": '["一","二"]',
        "more": "{}",
        "either": "1",
    } | differently
    return tuple(cells[column.name] for column in COLUMNS)  # type: ignore[misc] # whatever a test puts there


NOTHING = row(
    version=0,
    name="",
    colour=None,
    area_m2=None,
    share=None,
    pinned=False,
    **{"owner.name": None, "owner.since": None},
    at=None,
    lines=None,
    more=None,
    either=None,
)


class Scratch:
    """A sink, and what was written into it."""

    def __init__(self) -> None:
        self.file = io.BytesIO()
        self.sink = Sink(self.file)

    @property
    def content(self) -> bytes:
        """Everything that was written."""
        return self.file.getvalue()


class Pages:
    """An extract whose pages are made as they are asked for; it notes how many were, and whether it was closed.

    After the last page it fails, or never ends and says that it waits.
    """

    def __init__(self, *pages: Sequence[Row], fails: Exception | None = None, ends: bool = True) -> None:
        self.asked = 0
        self.closed = False
        self.waits = asyncio.Event()
        self._pages = pages
        self._fails = fails
        self._ends = ends
        self.extract = Extract(heading=HEADING, pages=self._make())

    async def _make(self) -> AsyncGenerator[Sequence[Row], None]:
        try:
            for page in self._pages:
                self.asked += 1
                yield page
            if self._fails is not None:
                raise self._fails
            if not self._ends:
                self.waits.set()
                await asyncio.Event().wait()
        finally:
            self.closed = True
