"""An event loop in a thread of its own, so that synchronous callers can use what is asynchronous."""

import asyncio
import atexit
import weakref
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from threading import Lock, Thread, current_thread
from typing import Any, Final, Generic, TypeVar

from eventsourcing.persistence import InterfaceError

from adapters.eventsourcing.errors import as_library_errors

Opened = TypeVar("Opened")
Result = TypeVar("Result")

_CLOSE_SECONDS: Final = 15.0


@dataclass(frozen=True, slots=True)
class _Running(Generic[Opened]):
    """What the thread hands out once it runs; nothing in it knows the `Background`, so that one can be collected."""

    loop: asyncio.AbstractEventLoop
    opened: Opened
    ending: asyncio.Event

    def end(self) -> None:
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.ending.set)


class Background(Generic[Opened]):
    """Opens something in a loop of its own and keeps it open until `close`, or until nobody holds it any more.

    Raises: whatever opening raises, in the library's family of errors.
    """

    def __init__(self, opening: Callable[[], AbstractAsyncContextManager[Opened]]) -> None:
        started: Future[_Running[Opened]] = Future()
        self._thread = Thread(target=_serve, args=(opening, started), name="guanjia log", daemon=True)
        self._thread.start()
        with as_library_errors():
            self._running = started.result()
        self._asking = Lock()
        self._closed = False
        weakref.finalize(self, self._running.end).atexit = False
        _OPEN.add(self)

    def run(self, work: Callable[[Opened], Coroutine[Any, Any, Result]]) -> Result:
        """Do a piece of work in the loop and wait for what becomes of it.

        Raises: InterfaceError once it is closed; whatever the work raises, in the library's family of errors.
        """
        asked = self.start(work)
        with as_library_errors():
            try:
                return asked.result()
            except CancelledError:
                raise InterfaceError("the log was closed meanwhile") from None

    def start(self, work: Callable[[Opened], Coroutine[Any, Any, Result]]) -> Future[Result]:
        """Begin a piece of work in the loop; cancelling the answer cancels it.

        Raises: InterfaceError once it is closed.
        """
        # What is asked before the end is asked for has begun when it comes, and is answered.
        with self._asking:
            if self._closed:
                raise InterfaceError("the log is closed")
            return asyncio.run_coroutine_threadsafe(work(self._running.opened), self._running.loop)

    def close(self) -> None:
        """Close what is open and end the thread; work that has begun is waited for, as far as it is quick."""
        with self._asking:
            self._closed = True
            self._running.end()
        # The last one who holds it may be collected in the loop's own thread.
        if current_thread() is not self._thread:
            self._thread.join(_CLOSE_SECONDS)


_OPEN: Final = weakref.WeakSet[Background[Any]]()


@atexit.register
def _close_all() -> None:
    """Close with the process whatever was left open."""
    for background in list(_OPEN):
        background.close()


def _serve(opening: Callable[[], AbstractAsyncContextManager[Opened]], started: "Future[_Running[Opened]]") -> None:
    async def serve() -> None:
        ending = asyncio.Event()
        async with opening() as opened:
            started.set_result(_Running(asyncio.get_running_loop(), opened, ending))
            await ending.wait()

    try:
        asyncio.run(serve())
    except Exception as error:
        if started.done():
            raise
        started.set_exception(error)
