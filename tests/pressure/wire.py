"""A connection to a service, kept alive from request to request; it costs a busy test less than a whole HTTP client."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from typing import Final

import httpx

from tests.journeys.answers import Json

ANSWER_SECONDS: Final = 10.0
_SILENCE_SECONDS: Final = 20.0
"""Longer than a stream is ever silent."""

_ENDS: Final = (OSError, EOFError, ValueError)


class Lost(Exception):
    """The connection ended before the whole answer had come: whether the request was heard is not known."""


class Wire:
    """One connection; it is opened when something is asked, and again after it was lost or another address is asked."""

    def __init__(self) -> None:
        self._url = ""
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, method: str, url: str, path: str, headers: Mapping[str, str], body: Json = None
    ) -> httpx.Response:
        """Send a request and answer what comes back.

        Raises: Lost.
        """
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                reader, status, fields = await self._send(method, url, path, headers, body)
                content = await reader.readexactly(int(fields["content-length"]))
        except _ENDS as error:
            self.hang_up()
            raise Lost(type(error).__name__) from error
        except asyncio.CancelledError:
            self.hang_up()
            raise
        if fields.get("connection") == "close":
            self.hang_up()
        return httpx.Response(status, headers=fields, content=content)

    async def lines(self, url: str, path: str, headers: Mapping[str, str]) -> AsyncGenerator[str, None]:
        """Open a stream and answer its lines until it ends.

        Raises: Lost, also when there is no stream.
        """
        try:
            reader, status, _ = await self._send("GET", url, path, headers, None)
            if status != httpx.codes.OK:
                raise Lost(str(status))
            rest = b""
            while chunk := await asyncio.wait_for(_chunk(reader), _SILENCE_SECONDS):
                *lines, rest = (rest + chunk).split(b"\n")
                for line in lines:
                    yield line.decode()
        except _ENDS as error:
            raise Lost(type(error).__name__) from error
        finally:
            self.hang_up()

    def hang_up(self) -> None:
        """Close the connection at once, whatever is under way."""
        if self._streams is not None:
            self._streams[1].transport.abort()
        self._streams = None

    async def _send(
        self, method: str, url: str, path: str, headers: Mapping[str, str], body: Json
    ) -> tuple[asyncio.StreamReader, int, dict[str, str]]:
        """Send a request and read the head of the answer."""
        if url != self._url:
            self.hang_up()
            self._url = url
        host = url.removeprefix("http://")
        if self._streams is None:
            self._streams = await asyncio.open_connection(*host.split(":"))
        reader, writer = self._streams
        content = b"" if body is None else json.dumps(body).encode()
        sent = {"Host": host, "Content-Type": "application/json", "Content-Length": str(len(content)), **headers}
        fields = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        writer.write(f"{method} {path} HTTP/1.1\r\n{fields}\r\n".encode() + content)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        answered = (line.partition(": ") for line in head[1:] if line)
        return reader, int(head[0].split()[1]), {name.lower(): value for name, _, value in answered}


async def _chunk(reader: asyncio.StreamReader) -> bytes:
    """Read one chunk of a body in chunks; the last one is empty."""
    size = int(await reader.readline(), 16)
    return (await reader.readexactly(size + 2))[:-2]
