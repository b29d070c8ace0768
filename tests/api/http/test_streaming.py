"""Answers that are sent piece by piece."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
from starlette.requests import ClientDisconnect
from starlette.types import Message

from api.http.streaming import PiecesAnswer
from application.kernel.ports import Unavailable


class Reader:
    """A client, and what makes the pieces for it."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.gone = asyncio.Event()
        self.made = 0
        self.closed = False

    async def receive(self) -> Message:
        """Hear that the client has hung up, once it has."""
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Take what is sent."""
        self.sent.append(message)

    async def pieces(
        self, most: int, fails: Exception | None = None, *, ends: bool = True
    ) -> AsyncGenerator[bytes, None]:
        """Make pieces; after the last one fail, end, or wait for ever while the client hangs up."""
        try:
            for number in range(most):
                self.made += 1
                yield b"%d" % number
            if fails is not None:
                raise fails
            if not ends:
                self.gone.set()
                await asyncio.Event().wait()
        finally:
            self.closed = True

    async def read(self, pieces: AsyncGenerator[bytes, None]) -> None:
        """Read an answer."""
        await PiecesAnswer(pieces, {"X-Log-Position": "7"})({}, self.receive, self.send)


async def test_all_pieces_are_sent_and_then_the_end() -> None:
    reader = Reader()
    await reader.read(reader.pieces(2))
    assert reader.sent == [
        {"type": "http.response.start", "status": 200, "headers": [(b"x-log-position", b"7")]},
        {"type": "http.response.body", "body": b"0", "more_body": True},
        {"type": "http.response.body", "body": b"1", "more_body": True},
        {"type": "http.response.body", "body": b"", "more_body": False},
    ]
    assert reader.closed


async def test_a_client_that_hangs_up_ends_the_work() -> None:
    reader = Reader()
    with pytest.raises(ClientDisconnect):
        await reader.read(reader.pieces(2, ends=False))
    assert reader.closed
    assert len(asyncio.all_tasks()) == 1


async def test_what_fails_midway_is_never_ended_as_if_it_were_whole() -> None:
    reader = Reader()
    with pytest.raises(Unavailable):
        await reader.read(reader.pieces(1, Unavailable()))
    assert [message.get("more_body") for message in reader.sent] == [None, True]
    assert reader.closed


async def test_a_server_that_stops_ends_the_work() -> None:
    reader = Reader()
    waiting = asyncio.Event()

    async def pieces() -> AsyncGenerator[bytes, None]:
        try:
            yield b"0"
            waiting.set()
            await asyncio.Event().wait()
        finally:
            reader.closed = True

    reading = asyncio.create_task(reader.read(pieces()))
    await waiting.wait()
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert reader.closed
    assert len(asyncio.all_tasks()) == 1
