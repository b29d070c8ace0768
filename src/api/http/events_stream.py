"""The log as server-sent events: every client reads by position, from where it left off."""

import asyncio
import re
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from starlette.responses import Response, StreamingResponse

from api.http.asking import Asking
from api.http.encoding import encode
from api.http.fields import INT64
from api.http.headers import Headers
from api.http.language import Said
from api.http.misfits import MalformedHeader
from application.kernel.ports import Recorded, Unavailable

HEARTBEAT_SECONDS: Final = 15.0
MOST_AT_ONCE: Final = 200
_POSITION: Final = re.compile(rb"0|[1-9][0-9]{0,18}")
_OPENING: Final = b"retry: 2000\n\n"
_HEARTBEAT: Final = b": still here\n\n"


class EventFeed(Protocol):
    """The log as its followers need it."""

    async def read(self, *, after: int, limit: int) -> Sequence[Recorded]:
        """Read the log by position."""

    async def wait_beyond(self, position: int, seconds: float, /) -> Any:  # noqa: ANN401 - what it answers is not looked at
        """Return when the log has gone beyond the position, or when the time has passed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """One client of the stream: what it is shown, until when (seconds since 1970 UTC), and how it is kept awake."""

    feed: EventFeed
    show: Callable[[Recorded], object]
    until: float
    stopping: asyncio.Event
    heartbeat: float = HEARTBEAT_SECONDS
    now: Callable[[], float] = time.time

    async def follow(self, after: int, recorded: Sequence[Recorded]) -> AsyncGenerator[bytes, None]:
        """Write every event beyond a position, and a comment when there has been nothing to write for a while.

        `recorded` are the first of them. Ends when the token does, when the server stops, and when the log is out of
        reach: the client comes back with `Last-Event-ID`.
        """
        stop: asyncio.Task[Any] = asyncio.create_task(self.stopping.wait())
        try:
            yield _OPENING
            wrote_at = self.now()
            while not stop.done() and (left := self.until - self.now()) > 0:
                if recorded:
                    yield b"".join(self._frame(entry) for entry in recorded)
                    after = recorded[-1].position
                    wrote_at = self.now()
                elif self.now() - wrote_at >= self.heartbeat:
                    yield _HEARTBEAT
                    wrote_at = self.now()
                else:
                    await self._more(after, min(left, wrote_at + self.heartbeat - self.now()), stop)
                recorded = await self.feed.read(after=after, limit=MOST_AT_ONCE)
        except Unavailable:
            return
        finally:
            stop.cancel()

    async def _more(self, after: int, seconds: float, stop: asyncio.Task[Any]) -> None:
        """Wait until there is more to read, the time has passed, or the server stops."""
        beyond: asyncio.Task[Any] = asyncio.create_task(self.feed.wait_beyond(after, max(seconds, 0.0)))
        try:
            await asyncio.wait({beyond, stop}, return_when=asyncio.FIRST_COMPLETED)
            if beyond.done():
                beyond.result()
        finally:
            beyond.cancel()

    def _frame(self, entry: Recorded) -> bytes:
        name = " ".join(entry.type.split())
        return b"id: %d\nevent: %s\ndata: %s\n\n" % (entry.position, name.encode(), encode(self.show(entry)))


async def events_stream(
    request: Asking, feed: EventFeed, *, after: int, show: Callable[[Recorded], object]
) -> Response:
    """Answer a stream of events beyond `after`; `Last-Event-ID` wins; `show` makes the view of one event.

    Raises: MalformedHeader when `Last-Event-ID` is no position, Unavailable.
    """
    last_seen = _last_event_id(request.fields)
    start = after if last_seen is None else last_seen
    follower = Follower(
        feed=feed,
        show=show,
        until=request.wiring.tokens.expires_at(request.token),
        stopping=request.wiring.stopping,
    )
    return StreamingResponse(
        follower.follow(start, await feed.read(after=start, limit=MOST_AT_ONCE)),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


def _last_event_id(fields: Headers) -> int | None:
    value = fields.get(b"last-event-id")
    if value is None:
        return None
    if not _POSITION.fullmatch(value) or int(value) > INT64:
        raise MalformedHeader("Last-Event-ID", Said("事件的位置", "the position of an event"))
    return int(value)
