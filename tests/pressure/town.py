"""A city under pressure: services, 64 clients and two readers, and what must hold when all is quiet again."""

import asyncio
import os
import random
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

from api.compose import issuer
from api.settings import Settings
from application.kernel.callers import Caller, Role
from domain.kernel.identifiers import Subject
from tests.api.cli.processes import answered
from tests.journeys.answers import Json
from tests.pressure.books import Books
from tests.pressure.clients import Client, settle
from tests.pressure.orders import Draw
from tests.pressure.readers import Reader
from tests.pressure.services import WORKERS, Serve
from tests.pressure.wire import Wire

CLIENTS: Final = 64
CATCH_UP_SECONDS: Final = 60.0
ROUNDS: Final = int(os.environ.get("PRESSURE_ROUNDS", "1"))
"""How many times the usual pressure (`make pressure`)."""


@dataclass
class Town:
    """Everybody around the services, and the books of what they were answered."""

    serves: Sequence[Serve]
    data_dir: Path
    chance: random.Random
    draw: Draw = field(init=False)
    books: Books = field(default_factory=Books)
    wires: list[Wire] = field(default_factory=list)
    counts: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.draw = Draw(self.chance)
        self.counts |= {"server processes": WORKERS * len(self.serves), "clients": CLIENTS}

    def client(self, number: int) -> Client:
        """Answer a clerk with a subject of their own."""
        token = self._token(Role.MUNICIPAL, f"clerk {number}")
        return Client(self._wire(), self._wire(), token, self.serves, self.books, number, self._chance())

    def reader(self, serve: Serve) -> Reader:
        """Answer an auditor who reads at one service."""
        return Reader(self._wire(), self._token(Role.AUDITOR, "auditor"), serve, self._chance())

    async def press(self, orders_each: int, done: asyncio.Event, thought: float = 0) -> int:
        """Have all clients ask at once while both readers tail; answers how many orders were asked for.

        Each client thinks for `thought` seconds or less between two orders.
        Fails when a reader has seen anything but the log, or the log is not what the clients were answered.
        """
        pages, stream = self.reader(self.serves[0]), self.reader(self.serves[-1])
        tails = [asyncio.create_task(pages.tail_pages()), asyncio.create_task(stream.tail_stream())]
        try:
            clients = [self.client(number) for number in range(CLIENTS)]
            if not self.draw.managers:
                await settle(clients, self.draw)
            asked = await asyncio.gather(
                *(each.keeps_asking(self.draw, orders_each, done, thought) for each in clients)
            )
            log = await self.log()
            await _read_up_to(len(log), (pages, tails[0]), (stream, tails[1]))
        finally:
            for tail in tails:
                tail.cancel()
            await asyncio.gather(*tails, return_exceptions=True)
        assert stream.resumed
        self._count(log, pages, stream)
        return sum(asked)

    async def log(self) -> list[Json]:
        """Read the whole log once, when nothing is written any more."""
        found: list[Json] = []
        reader = self.reader(self.serves[0])
        while items := (await _read(reader, f"/v1/events?after={len(found)}&limit=200"))["items"]:
            found += items
        return found

    async def is_whole(self) -> None:
        """Have the log verified, and every read model compared with what a rebuild makes of the log."""
        reader = self.reader(self.serves[0])
        give_up_at = time.monotonic() + CATCH_UP_SECONDS
        while lags := {
            each["name"]: each["lag"] for each in (await _read(reader, "/v1/projections"))["items"] if each["lag"]
        }:
            assert time.monotonic() < give_up_at, lags
            await asyncio.sleep(0.1)
        verified, rebuilt = await asyncio.gather(
            asyncio.to_thread(self._asked, "verify"), asyncio.to_thread(self._asked, "rebuild", "--all")
        )
        assert (verified["whole"], verified["findings"]) == (True, [])
        assert rebuilt
        assert [each for each in rebuilt if any((each["differences"] or {"not compared": 1}).values())] == []
        self.counts |= {"guanjia verify": "whole", "read models as rebuilt": len(rebuilt)}

    def _count(self, log: Sequence[Json], pages: Reader, stream: Reader) -> None:
        violations = list(self.books.violations(log))
        self.counts |= {
            "commands acknowledged": len(self.books.accepted) + len(self.books.refused),
            "of these refused by rules": len(self.books.refused),
            "requests sent again": dict(self.books.asked_again),
            "done late, after a refusal elsewhere": self.books.done_late(log),
            "receipts replayed": self.books.replayed,
            "positions in the log": len(log),
            "positions read from the feed": len(pages.seen),
            "positions read from the stream": f"{len(stream.seen)}, opened {stream.resumed + 1} times",
            "violations": len(violations),
        }
        assert not violations, "\n".join(violations[:20])
        assert pages.seen == log, "the feed was not the log"
        assert stream.seen == log, "the stream was not the log"

    def _asked(self, *command: str) -> Json:
        return answered(*command, "--data-dir", self.data_dir, cwd=self.data_dir.parent)

    def _chance(self) -> random.Random:
        return random.Random(self.chance.random())

    def _wire(self) -> Wire:
        self.wires.append(Wire())
        return self.wires[-1]

    def _token(self, role: Role, subject: str) -> str:
        tokens = issuer(Settings(_env_file=None, data_dir=self.data_dir, env="development"))
        return tokens.issue(Caller(subject=Subject(subject), role=role), "", timedelta(hours=1))


async def _read(reader: Reader, path: str) -> Json:
    answer = await reader.wire.ask("GET", reader.serve.url, path, {"Authorization": f"Bearer {reader.token}"})
    assert answer.is_success, answer.text
    return answer.json()


async def _read_up_to(position: int, *readings: tuple[Reader, "asyncio.Task[None]"]) -> None:
    """Wait until both have come so far; what ends a reader early is raised at once."""
    for reader, tail in readings:
        waiting = asyncio.create_task(reader.until(position))
        await asyncio.wait({waiting, tail}, timeout=CATCH_UP_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        if tail.done():
            tail.result()
        waiting.cancel()
        assert reader.last >= position, f"a reader is at {reader.last} of {position}"


def tell(counts: Mapping[str, object], record: Callable[[str, object], None]) -> None:
    """Put the counts of a run on record, and show them to whoever looks (`-s`)."""
    for name, count in counts.items():
        record(name, count)
    print("".join(f"\n  {name}: {count}" for name, count in counts.items()))  # noqa: T201 - shown with -s


@asynccontextmanager
async def town(serves: Sequence[Serve], seed: int) -> AsyncIterator[Town]:
    """Surround running services with people."""
    people = Town(serves, serves[0].data_dir, random.Random(seed))
    try:
        yield people
    finally:
        for wire in people.wires:
            wire.hang_up()
        await asyncio.sleep(0)  # the loop closes what was hung up
