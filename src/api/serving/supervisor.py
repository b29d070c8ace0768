"""`guanjia serve`: the database, the workers and the read models, from the first line to the last."""

import asyncio
import os
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

import structlog

from api.composing import grounds
from api.serving.database import EmbeddedServer, keep_running, prepare_soon
from api.serving.inheritance import bequeathed
from api.serving.interruption import ENDING, heeded
from api.serving.keeping import Child
from api.serving.lifeline import lifeline
from api.serving.listening import url_of
from api.serving.readiness import until_ready, until_up
from api.settings import Settings

_STOP_SECONDS: Final = 9.5

_log: Final = structlog.get_logger(__name__)


def serve(settings: Settings, listener: socket.socket, *, workers: int, tell: Callable[[str], None]) -> None:
    """Serve what comes to a socket until SIGTERM, SIGINT or SIGHUP; `tell` is given the URL once requests are answered.

    While the database starts, a signal is expected to come as KeyboardInterrupt (`interrupted_by_signals`).
    Raises: GivenUp, and whatever keeps the database from being used (`grounds.FAILURES`).
    """
    try:
        with grounds.database_server(settings) as (url, embedded):
            service = Service(settings=settings, url=url, listener=listener, workers=workers)
            try:
                asyncio.run(service.run(embedded, tell))
            finally:
                for each in ENDING:  # the end goes on to its end
                    signal.signal(each, signal.SIG_IGN)
    except (KeyboardInterrupt, asyncio.CancelledError):
        _log.info("everything has ended")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The processes of one `serve` over a database that is there."""

    settings: Settings
    url: str
    listener: socket.socket
    workers: int
    began: float = field(default_factory=time.monotonic)

    async def run(self, embedded: EmbeddedServer | None, tell: Callable[[str], None]) -> None:
        """Prepare the schema, keep the processes alive, and end them when a signal comes.

        Raises: CancelledError once a signal has come and all have ended; GivenUp; what `prepare_soon` raises.
        """
        self._end_at_signals(asyncio.current_task())
        await prepare_soon(self.settings, self.url)
        with tempfile.TemporaryDirectory(prefix="guanjia-metrics-") as metrics, lifeline() as descriptor:
            try:
                async with asyncio.TaskGroup() as group:
                    read_models, first, *others = self._children(metrics, descriptor)
                    if embedded is not None:
                        group.create_task(keep_running(embedded))
                    group.create_task(first.keep())
                    group.create_task(read_models.keep())
                    # A process imports for a second or two: where processors are scarce, the first worker has them
                    # for itself (the read models are nice), and whoever waits for the service is answered sooner.
                    await until_up(self.listener)
                    for child in others:
                        group.create_task(child.keep())
                    await until_ready(self.listener)
                    tell(url_of(self.listener))
            except ExceptionGroup as failed:
                raise failed.exceptions[0] from None

    def _end_at_signals(self, running: asyncio.Task[None] | None) -> None:
        def end() -> None:
            # Whatever hangs by then, an embedded database that recovers perhaps, is left to the next start.
            last_resort = threading.Timer(_STOP_SECONDS, os._exit, (1,))
            last_resort.daemon = True
            last_resort.start()
            self.listener.close()
            if running is not None:
                running.cancel()

        for each in heeded():
            asyncio.get_running_loop().add_signal_handler(each, end)

    def _children(self, metrics: str, descriptor: int) -> Iterator[Child]:
        # One worker alone counts in its own memory, which costs less than a file does.
        shared = metrics if self.workers > 1 else None

        def environment() -> Mapping[str, str]:
            return {**os.environ, **bequeathed(self.settings, self.url, metrics=shared, now=self._now())}

        yield Child(
            name="projections",
            module="api.serving.projections",
            arguments=(str(descriptor),),
            descriptors=(descriptor,),
            environment=environment,
        )
        listening = self.listener.fileno()
        for number in range(1, self.workers + 1):
            yield Child(
                name=f"worker {number}",
                module="api.serving.worker",
                arguments=(str(listening), str(descriptor)),
                descriptors=(listening, descriptor),
                environment=environment,
            )

    def _now(self) -> str | None:
        """Answer where a moved clock is by now, so that a process started later does not fall behind the others."""
        if self.settings.now is None:
            return None
        return (self.settings.now + timedelta(seconds=time.monotonic() - self.began)).isoformat()
