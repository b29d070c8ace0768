"""A child process that is kept alive: started again when it dies, given up when it dies at once again and again."""

import asyncio
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import structlog

STOP_SECONDS: Final = 2.8
"""So long a child has to end by itself once it is asked to."""

_SETTLED_SECONDS: Final = 5.0
_MOST_QUICK_DEATHS: Final = 5
_FIRST_PAUSE_SECONDS: Final = 0.1
_LONGEST_PAUSE_SECONDS: Final = 3.0

_log: Final = structlog.get_logger(__name__)


class GivenUp(Exception):
    """A child died at once again and again; what it wrote to stderr says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A module of ours that runs as a process of its own; `environment` is asked anew at every start."""

    name: str
    module: str
    arguments: Sequence[str]
    descriptors: Sequence[int]
    environment: Callable[[], Mapping[str, str]]

    async def keep(self) -> None:
        """Keep it alive until cancelled, then end it.

        Raises: GivenUp.
        """
        quick_deaths = 0
        while True:
            began = asyncio.get_running_loop().time()
            code = await self._run()
            if asyncio.get_running_loop().time() - began >= _SETTLED_SECONDS:
                quick_deaths = 0
            quick_deaths += 1
            _log.warning("a process has died and is started again", name=self.name, code=code)
            if quick_deaths >= _MOST_QUICK_DEATHS:
                raise GivenUp(f"the {self.name} process dies at once again and again (last exit code {code})")
            await asyncio.sleep(min(_FIRST_PAUSE_SECONDS * 2 ** (quick_deaths - 1), _LONGEST_PAUSE_SECONDS))

    async def _run(self) -> int:
        """Run it once and answer its exit code; ends it when cancelled."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # no module of the folder that we happen to be in
            "-m",
            self.module,
            *self.arguments,
            stdin=asyncio.subprocess.DEVNULL,
            env=self.environment(),
            pass_fds=self.descriptors,
            # Ctrl-C at the terminal is the supervisor's alone; it tells its children.
            process_group=0,
        )
        try:
            return await process.wait()
        finally:
            if process.returncode is None:
                await _end(process)


async def _end(process: asyncio.subprocess.Process) -> None:
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), STOP_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
