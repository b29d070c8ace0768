"""A client that keeps many connections busy: requests are bytes made beforehand, one at a time on each connection."""

import asyncio
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Final

HOST: Final = "127.0.0.1"
_END_OF_HEAD: Final = b"\r\n\r\n"
_LENGTH: Final = b"content-length:"


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of one round: seconds in all, the latency of each answer in seconds, sorted."""

    seconds: float
    latencies: Sequence[float]

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """Answer a latency in milliseconds, so that this share of requests was no slower."""
        return 1_000 * self.latencies[min(len(self.latencies) - 1, int(share * len(self.latencies)))]


def post(path: str, body: bytes, *headers: str) -> bytes:
    """Write a POST of JSON."""
    head = "\r\n".join(
        (
            f"POST {path} HTTP/1.1",
            "Host: bench",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
            *headers,
        )
    )
    return head.encode() + _END_OF_HEAD + body


def get(path: str, *headers: str) -> bytes:
    """Write a GET."""
    return "\r\n".join((f"GET {path} HTTP/1.1", "Host: bench", *headers)).encode() + _END_OF_HEAD


class _Connection(asyncio.Protocol):
    """One connection: sends the next request when the last one is answered."""

    def __init__(self, requests: Iterator[bytes], latencies: list[float], statuses: dict[int, int]) -> None:
        self._requests = requests
        self._latencies = latencies
        self._statuses = statuses
        self._buffer = b""
        self._sent_at = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: asyncio.Transport = transport  # type: ignore[assignment] # a stream's transport
        self._send()

    def _send(self) -> None:
        request = next(self._requests, None)
        if request is None:
            self._transport.close()
            if not self.done.done():
                self.done.set_result(None)
            return
        self._sent_at = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(_END_OF_HEAD)
        if end < 0:
            return
        head = self._buffer[:end].lower()
        at = head.find(_LENGTH)
        length = int(head[at + len(_LENGTH) :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self._buffer) < end + 4 + length:
            return
        self._latencies.append(time.perf_counter() - self._sent_at)
        status = int(head[9:12])
        self._statuses[status] = self._statuses.get(status, 0) + 1
        self._buffer = self._buffer[end + 4 + length :]
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("the server hung up"))


async def drive(port: int, requests: Sequence[Iterator[bytes]], *, seconds: float = math.inf) -> Answered:
    """Keep one connection busy per sequence of requests, each as fast as it is answered.

    Ends after so many seconds, or when the sequences do; what is left of them may be driven on.
    Raises: ConnectionError; RuntimeError when a request was refused.
    """
    latencies: list[float] = []
    statuses: dict[int, int] = {}
    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    busy = [
        (
            await loop.create_connection(
                partial(_Connection, _until(each, began + seconds), latencies, statuses), HOST, port
            )
        )[1]
        for each in requests
    ]
    await asyncio.gather(*(connection.done for connection in busy))
    took = time.perf_counter() - began
    if refused := {status: count for status, count in statuses.items() if status >= HTTPStatus.MULTIPLE_CHOICES}:
        raise RuntimeError(f"requests were refused: {refused}")
    return Answered(took, sorted(latencies))


def _until(requests: Iterator[bytes], end: float) -> Iterator[bytes]:
    """Take from a sequence until it is time; what has not been taken stays there."""
    while time.perf_counter() < end and (request := next(requests, None)) is not None:
        yield request
