"""Whether the workers answer: asked from outside, as a load balancer does."""

import asyncio
import socket
from typing import Final

_ASK_SECONDS: Final = 5.0
_PAUSE_SECONDS: Final = 0.05
_EVERYWHERE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - nothing binds to it here


async def until_up(listener: socket.socket) -> None:
    """Wait until a worker that listens there answers at all."""
    await _until_fine(listener, b"/healthz")


async def until_ready(listener: socket.socket) -> None:
    """Wait until a worker that listens there says that it can do its work."""
    await _until_fine(listener, b"/readyz")


async def _until_fine(listener: socket.socket, path: bytes) -> None:
    host, port = listener.getsockname()[:2]
    while True:
        if await _is_fine(_EVERYWHERE.get(host, host), port, path):
            return
        await asyncio.sleep(_PAUSE_SECONDS)


async def _is_fine(host: str, port: int, path: bytes) -> bool:
    try:
        async with asyncio.timeout(_ASK_SECONDS):
            reader, writer = await asyncio.open_connection(host, port)
            try:
                writer.write(b"GET %b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" % path)
                return (await reader.readline()).startswith(b"HTTP/1.1 200 ")
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return False
