"""A loop in a thread of its own: what has begun is finished, and nothing is left behind."""

import asyncio
import gc
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from eventsourcing.persistence import InterfaceError, OperationalError

from adapters.eventsourcing.background import Background
from application.kernel.ports import Unavailable

PATIENCE = 20.0


class Door:
    """Something that is open for a while, and lets out who has gone in before it closes."""

    def __init__(self, *, locked: bool = False) -> None:
        self.locked = locked
        self.is_open = False
        self.closed = threading.Event()
        self.knocked = threading.Event()
        self._inside = 0
        self._left = asyncio.Condition()

    @asynccontextmanager
    async def opened(self) -> AsyncIterator["Door"]:
        if self.locked:
            raise Unavailable("it is locked")
        self.is_open = True
        try:
            yield self
            async with self._left:
                await self._left.wait_for(lambda: self._inside == 0)
        finally:
            self.is_open = False
            self.closed.set()

    async def pass_through(self, turns: int) -> str:
        self._inside += 1
        for _ in range(turns):
            await asyncio.sleep(0)
        self._inside -= 1
        async with self._left:
            self._left.notify_all()
        return "through" if self.is_open else "locked in"

    async def wait_for_ever(self) -> None:
        self.knocked.set()
        await asyncio.Event().wait()


async def slam() -> None:
    raise Unavailable("slammed")


def test_what_is_asked_is_done_in_the_loop() -> None:
    door = Door()
    background = Background(door.opened)
    assert background.run(lambda opened: opened.pass_through(3)) == "through"
    background.close()
    assert not door.is_open


def test_what_has_begun_is_finished_first() -> None:
    door = Door()
    background = Background(door.opened)
    answers = [background.start(lambda opened: opened.pass_through(50)) for _ in range(10)]
    background.close()
    assert [answer.result(PATIENCE) for answer in answers] == ["through"] * 10


def test_what_never_ends_is_told_so_by_the_end() -> None:
    door = Door()
    background = Background(door.opened)
    told: list[str] = []

    def wait() -> None:
        with pytest.raises(InterfaceError, match="closed meanwhile"):
            background.run(lambda opened: opened.wait_for_ever())
        told.append("closed")

    waiting = threading.Thread(target=wait)
    waiting.start()
    assert door.knocked.wait(PATIENCE)
    background.close()
    waiting.join(PATIENCE)
    assert told == ["closed"]


def test_nothing_is_asked_of_what_is_closed() -> None:
    background = Background(Door().opened)
    background.close()
    with pytest.raises(InterfaceError, match="the log is closed"):
        background.run(lambda opened: opened.pass_through(0))
    background.close()


def test_what_cannot_be_opened_says_why() -> None:
    with pytest.raises(OperationalError, match="it is locked"):
        Background(Door(locked=True).opened)


def test_errors_come_in_the_librarys_family() -> None:
    background = Background(Door().opened)
    with pytest.raises(OperationalError, match="slammed"):
        background.run(lambda _: slam())
    background.close()


def test_what_nobody_holds_any_more_closes_by_itself() -> None:
    door = Door()
    background = Background(door.opened)
    assert door.is_open
    del background
    gc.collect()
    assert door.closed.wait(PATIENCE)


async def test_it_may_be_closed_from_within() -> None:
    door = Door()
    background = Background(door.opened)

    async def close() -> None:
        background.close()

    background.start(lambda _: close())
    assert await asyncio.to_thread(door.closed.wait, PATIENCE)
