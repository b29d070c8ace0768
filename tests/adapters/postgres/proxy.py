"""A line to the server that can be cut at the worst moment."""

import asyncio
import tempfile
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from enum import Enum, auto
from pathlib import Path
from types import TracebackType
from typing import Self

_SOCKET = ".s.PGSQL.5432"


class Cut(Enum):
    """When the line goes dead for the client."""

    BEFORE_THE_SERVER_HEARS = auto()
    WHILE_THE_SERVER_WORKS = auto()
    BEFORE_THE_CLIENT_HEARS = auto()
    WITH_THE_REQUEST_STUCK_ON_THE_WAY = auto()


class Proxy:
    """Passes everything on until a request carries `marker`; then it cuts that one line, once.

    `go` lets go on what a cut holds back: the cut itself while the server works, the request that is stuck.
    """

    def __init__(self, url: str, socket_folder: str) -> None:
        self._target = f"{socket_folder}/{_SOCKET}"
        self._folder = tempfile.TemporaryDirectory(prefix="guanjia-line-")
        self.url = url.replace(socket_folder, self._folder.name)
        self.go = asyncio.Event()
        self.dead = False
        self.answers = bytearray()
        self.answered_late = asyncio.Event()
        self._marker: bytes | None = None
        self._cut: Cut | None = None
        self._after_cut: Callable[[], None] = lambda: None
        self._lines: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        server = await asyncio.start_unix_server(self._take, Path(self._folder.name, _SOCKET))
        await self._stack.enter_async_context(server)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.go.set()
        for line in self._lines:
            line.close()
        await self._stack.aclose()  # after its lines: from Python 3.12 on a server waits for them
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._folder.cleanup()

    def cut(self, cut: Cut, marker: str, *, and_stay_dead: bool = False) -> None:
        """Cut the line on which a request with the marker comes."""
        self._cut, self._marker = cut, marker.encode()
        if and_stay_dead:
            self._after_cut = self._die

    def _die(self) -> None:
        self.dead = True

    def _take(self, client_in: asyncio.StreamReader, client_out: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(client_in, client_out))
        self._tasks.add(task)
        self._lines.add(client_out)

    async def _serve(self, client_in: asyncio.StreamReader, client_out: asyncio.StreamWriter) -> None:
        try:
            if not self.dead:
                await self._pass_on(client_in, client_out)
        finally:
            client_out.close()

    async def _pass_on(self, client_in: asyncio.StreamReader, client_out: asyncio.StreamWriter) -> None:
        server_in, server_out = await asyncio.open_unix_connection(self._target)
        back = asyncio.create_task(_pump(server_in, client_out))
        try:
            while request := await client_in.read(65_536):
                if self._marker is not None and self._marker in request:
                    cut, self._marker = self._cut, None
                    self._after_cut()
                    await self._cut_now(cut, request, server_in, server_out, client_out, back)
                    return
                server_out.write(request)
        finally:
            server_out.close()
            back.cancel()
            await asyncio.wait((back,))

    async def _cut_now(
        self,
        cut: Cut | None,
        request: bytes,
        server_in: asyncio.StreamReader,
        server_out: asyncio.StreamWriter,
        client_out: asyncio.StreamWriter,
        back: asyncio.Task[None],
    ) -> None:
        back.cancel()
        await asyncio.wait((back,))
        match cut:
            case Cut.WHILE_THE_SERVER_WORKS:
                server_out.write(request)
                await self.go.wait()
            case Cut.BEFORE_THE_CLIENT_HEARS:
                server_out.write(request)
                await server_in.read(65_536)
            case Cut.WITH_THE_REQUEST_STUCK_ON_THE_WAY:
                client_out.close()
                await self.go.wait()
                server_out.write(request)
                self.answers += await server_in.read(65_536)
                self.answered_late.set()
            case _:
                pass


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while chunk := await source.read(65_536):
            sink.write(chunk)
            await sink.drain()
    sink.close()
