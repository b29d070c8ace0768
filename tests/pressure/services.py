"""Several `guanjia serve` on one data dir with its embedded PostgreSQL, any process of which may be killed."""

import asyncio
import os
import signal
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from adapters.embedded_postgres import EmbeddedPostgres
from api.compose import prepare
from api.settings import Settings
from tests.api.cli.processes import GUANJIA, command_of, environment

READY_SECONDS: Final = 120.0
END_SECONDS: Final = 30.0
WORKERS: Final = 2
_LOOK_SECONDS: Final = 0.02
_AGAIN_SECONDS: Final = 0.1


class Serve:
    """One `guanjia serve` with two workers, on the same port over restarts."""

    def __init__(self, data_dir: Path, number: int) -> None:
        self.data_dir: Final = data_dir
        self.said: Final = data_dir.parent / f"serve-{number}.log"
        self.url = ""
        self._process: Process | None = None

    async def start(self) -> None:
        """Start it until it is ready: again and again while its port is not free yet, as after a kill."""
        port = self.url.rpartition(":")[2] or "0"
        give_up_at = time.monotonic() + READY_SECONDS
        while True:
            with self.said.open("ab") as log:
                self._process = await asyncio.create_subprocess_exec(
                    GUANJIA, "serve", "--port", port, "--workers", str(WORKERS), "--data-dir", self.data_dir,
                    stdin=DEVNULL, stdout=PIPE, stderr=log, env=environment(), cwd=self.data_dir.parent,
                )  # fmt: skip
            assert self._process.stdout is not None
            line = (await asyncio.wait_for(self._process.stdout.readline(), READY_SECONDS)).decode()
            if line:
                self.url = line.split()[-1]
                return
            await self._process.wait()
            last = self.said.read_text(encoding="utf-8")
            assert "is in use" in last.splitlines()[-1], last
            assert time.monotonic() < give_up_at, last
            await asyncio.sleep(_AGAIN_SECONDS)

    def workers(self) -> list[int]:
        """The processes that answer requests."""
        assert self._process is not None
        tasks = Path(f"/proc/{self._process.pid}/task").glob("*/children")
        children = [int(child) for task in tasks for child in task.read_text(encoding="ascii").split()]
        return [child for child in children if "api.serving.worker" in command_of(child)]

    async def kill_worker(self, worker: int) -> None:
        """Kill a worker, and answer when another has taken its place."""
        os.kill(worker, signal.SIGKILL)
        await until(lambda: len(set(self.workers()) - {worker}) == WORKERS)

    async def kill(self) -> None:
        """Kill the supervisor, and start it again at once."""
        assert self._process is not None
        self._process.kill()
        await self._process.wait()
        await self.start()

    async def stop(self) -> None:
        """End it as an operator does."""
        if self._process is None or self._process.returncode is not None:
            return
        self._process.terminate()
        assert await asyncio.wait_for(self._process.wait(), END_SECONDS) == 0, self.said.read_text(encoding="utf-8")


async def kill_database(data_dir: Path) -> None:
    """Kill the embedded PostgreSQL, and answer when another has taken its place."""
    pid_file = data_dir / "postgres.pid"
    killed = pid_file.read_text(encoding="ascii")
    os.kill(int(killed), signal.SIGKILL)
    await until(lambda: pid_file.exists() and pid_file.read_text(encoding="ascii") not in {killed, ""})


async def until(look: Callable[[], bool], seconds: float = READY_SECONDS) -> None:
    """Wait for what other processes do and give no sign of."""
    async with asyncio.timeout(seconds):
        while not look():  # noqa: ASYNC110 - what other processes do sets no event of ours
            await asyncio.sleep(_LOOK_SECONDS)


@asynccontextmanager
async def serves(folder: Path, count: int = 2) -> AsyncIterator[list[Serve]]:
    """Run so many services, which are four processes with two workers each, on one data dir."""
    running = [Serve(folder / "data", number) for number in range(count)]
    settings = Settings(_env_file=None, data_dir=folder / "data", database_url=None)
    # The city is made here, where everything has been imported: a start from nothing is shown elsewhere.
    with EmbeddedPostgres(settings.data_dir) as database:
        await prepare(settings, database.dsn)
        try:
            await asyncio.gather(*(each.start() for each in running))
            yield running
        finally:
            await asyncio.gather(*(each.stop() for each in running))
