"""Connections for reads, lent in the order of asking: at most so many, each opened when it is first needed."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

import asyncpg

Connection = asyncpg.Connection


class Lending:
    """The connections of one process and event loop; a dead one is replaced when its place is next asked for.

    `most` are open at once; whoever waits longer than `patience` seconds for one gets a TimeoutError. The driver's own
    pool lets those who come late pass those who wait, and begins two tasks for every loan.
    """

    def __init__(self, connect: Callable[[], Awaitable[Connection]], *, most: int, patience: float) -> None:
        self._connect = connect
        self._places = most
        self._patience = patience
        self._open: set[Connection] = set()
        self._idle: list[Connection] = []
        self._waiting: deque[asyncio.Future[Connection | None]] = deque()
        self._is_closed = False

    async def borrow(self) -> Connection:
        """Answer a connection that nobody else uses until it is given back.

        Raises: TimeoutError, and whatever connecting raises.
        """
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
            self._lose(connection)
        if self._places:
            self._places -= 1
            return await self._connected()
        return await self._in_turn() or await self._connected()

    def give_back(self, connection: Connection) -> None:
        """Take a connection back; one that is closed, or was left in the middle of something, is given up."""
        if self._is_closed or (not connection.is_closed() and connection.is_in_transaction()):
            connection.terminate()
        if connection.is_closed():
            self._lose(connection)
        elif not self._hand_on(connection):
            self._idle.append(connection)

    async def close(self, seconds: float) -> None:
        """Close what is idle, in so many seconds at most, and break off what is lent."""
        self._is_closed = True
        idle, self._idle = self._idle, []
        if idle:
            await asyncio.wait([asyncio.create_task(connection.close()) for connection in idle], timeout=seconds)
        for connection in self._open:
            connection.terminate()

    async def _in_turn(self) -> Connection | None:
        """Wait for a connection, or for a place to open one in (None)."""
        turn: asyncio.Future[Connection | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(self._patience):
                return await turn
        except BaseException:
            # Whoever gives up in the very moment of their turn hands it on.
            if turn.done() and not turn.cancelled():
                self._hand_on_or_keep(turn.result())
            raise

    async def _connected(self) -> Connection:
        try:
            connection = await self._connect()
        except BaseException:
            self._hand_on_or_keep(None)
            raise
        self._open.add(connection)
        return connection

    def _lose(self, connection: Connection) -> None:
        self._open.discard(connection)
        self._hand_on_or_keep(None)

    def _hand_on_or_keep(self, turn: Connection | None) -> None:
        if turn is not None:
            self.give_back(turn)
        elif not self._hand_on(None):
            self._places += 1

    def _hand_on(self, turn: Connection | None) -> bool:
        """Give a connection or a place to the one who has waited longest; False when nobody waits."""
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_result(turn)
                return True
        return False
