"""Readers that tail the log while it is written: one page by page, one by server-sent events."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Final

import httpx

from tests.journeys.answers import Json
from tests.pressure.services import Serve
from tests.pressure.wire import Lost, Wire

_PAUSE_SECONDS: Final = 0.1


@dataclass
class Reader:
    """Somebody who reads at one service; `seen` are all events in the order in which they came."""

    wire: Wire
    token: str
    serve: Serve
    chance: random.Random
    seen: list[Json] = field(default_factory=list)
    resumed: int = 0
    lost: list[str] = field(default_factory=list)
    moved: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def last(self) -> int:
        """The position that the next event is asked for after."""
        return int(self.seen[-1]["position"]) if self.seen else 0

    async def tail_pages(self) -> None:
        """Ask for the events after the last one, again and again."""
        while True:
            size = self.chance.randrange(1, 201)
            try:
                path = f"/v1/events?after={self.last}&limit={size}"
                answer = await self.wire.ask("GET", self.serve.url, path, self._headers())
            except Lost:
                self.resumed += 1
                await asyncio.sleep(_PAUSE_SECONDS)
                continue
            items = self._items(answer)
            self._see(*items)
            if not items:
                await asyncio.sleep(_PAUSE_SECONDS)

    async def tail_stream(self) -> None:
        """Follow the stream, hang up by chance, and go on from the last event that came."""
        while True:
            headers = self._headers() | {"Last-Event-ID": str(self.last)}
            try:
                async with aclosing(self.wire.lines(self.serve.url, "/v1/events/stream", headers)) as lines:
                    await self._follow(lines)
            except Lost as lost:
                self.lost.append(str(lost))
            self.resumed += 1
            await asyncio.sleep(_PAUSE_SECONDS)

    async def until(self, position: int) -> None:
        """Wait until everything up to a position has come."""
        while self.last < position:
            self.moved.clear()
            await self.moved.wait()

    async def _follow(self, lines: AsyncIterator[str]) -> None:
        left = self.chance.randrange(100, 400)
        given = ""
        async for line in lines:
            name, _, value = line.partition(": ")
            if name == "id":
                given = value
            elif name == "data":
                event = json.loads(value)
                assert str(event["position"]) == given
                self._see(event)
                left -= 1
            if not left:
                return

    def _see(self, *events: Json) -> None:
        self.seen += events
        self.moved.set()

    def _items(self, answer: httpx.Response) -> list[Json]:
        if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            self.resumed += 1
            return []
        assert answer.status_code == httpx.codes.OK, answer.text
        items: list[Json] = answer.json()["items"]
        return items

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}
