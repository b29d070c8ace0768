"""In-process locks on streams: they only save retries, correctness is the append's own."""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, nullcontext
from typing import Final

from domain.kernel.aggregate import StreamName

_NONE: Final = nullcontext()


class StreamLocks:
    """One lock per stream in use; several are taken in sorted order, so that no two holders wait for each other."""

    def __init__(self) -> None:
        self._locks: dict[StreamName, tuple[asyncio.Lock, int]] = {}

    def in_use(self, streams: Collection[StreamName]) -> bool:
        """Tell whether somebody holds or awaits the lock of one of the streams."""
        return not self._locks.keys().isdisjoint(streams)

    def holding(self, streams: Collection[StreamName]) -> AbstractAsyncContextManager[None]:
        """Hold the locks of all the streams."""
        return self._all(streams) if streams else _NONE

    @asynccontextmanager
    async def _all(self, streams: Collection[StreamName]) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for stream in sorted(streams):
                await stack.enter_async_context(self._one(stream))
            yield

    @asynccontextmanager
    async def _one(self, stream: StreamName) -> AsyncIterator[None]:
        lock, users = self._locks.get(stream, (asyncio.Lock(), 0))
        self._locks[stream] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            _, users = self._locks[stream]
            if users == 1:
                del self._locks[stream]
            else:
                self._locks[stream] = (lock, users - 1)
