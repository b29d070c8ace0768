"""The API in one process: its application, its event loop and its server."""

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import uvicorn
import uvloop

from api.composing.http import http_app
from api.http.app import HttpApplication
from api.serving.garbage import collect_seldom
from api.serving.gathering import GatheringProtocol
from api.serving.listening import BACKLOG
from api.settings import Settings

_FINISH_SECONDS: Final = 1
"""So long requests on their way have to finish; event streams are told at once."""

_KEEP_ALIVE_SECONDS: Final = 75


class Server(uvicorn.Server):
    """uvicorn's server, ended by its process's event loop rather than by signal handlers of its own."""

    def __init__(self, app: HttpApplication) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http=GatheringProtocol,
                ws="none",
                lifespan="on",
                log_config=None,
                access_log=False,
                server_header=False,
                # Nothing here depends on where a request comes from.
                proxy_headers=False,
                backlog=BACKLOG,
                timeout_keep_alive=_KEEP_ALIVE_SECONDS,
                timeout_graceful_shutdown=_FINISH_SECONDS,
            )
        )
        self.servers = []  # until it listens
        self._stopping = app.wiring.stopping

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to the loop."""
        yield

    def stop(self) -> None:
        """Take no more requests, end the event streams, let the others finish."""
        for each in self.servers:
            each.close()  # at once: whoever is started in our place waits for the port
        self._stopping.set()
        self.should_exit = True


def answer(listener: socket.socket, settings: Settings, url: str) -> None:
    """Answer what comes to a socket, from a city's database, until SIGTERM."""
    app = http_app(settings, url)
    collect_seldom()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(app, listener))


async def _serve(app: HttpApplication, listener: socket.socket) -> None:
    server = Server(app)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, server.stop)
    await server.serve(sockets=[listener])
