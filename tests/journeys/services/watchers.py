"""Real `guanjia watch` processes on a city's database."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from tests.journeys.in_process import Place

COMMAND: Final = Path(sys.executable).with_name("guanjia")
END_SECONDS: Final = 20.0


@asynccontextmanager
async def watcher(place: Place, name: str, *arguments: str) -> AsyncIterator[Process]:
    """Run a watcher; whoever is still there at the end is told to go, and goes cleanly."""
    said = place.data_dir / f"{name}.log"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GUANJIA_")}
    environment |= {"GUANJIA_DATABASE_URL": place.url, "GUANJIA_CITY": place.code}
    with said.open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            COMMAND, "watch", "--data-dir", place.data_dir, *arguments,
            stdin=asyncio.subprocess.DEVNULL, stdout=PIPE, stderr=log, env=environment, cwd=place.data_dir,
        )  # fmt: skip
    try:
        yield process
    finally:
        was_killed = process.returncode is not None
        if not was_killed:
            process.terminate()
        code = await asyncio.wait_for(process.wait(), END_SECONDS)
        assert was_killed or code == 0, said.read_text()


async def first_line(process: Process) -> bytes:
    """Answer the first line that a watcher prints."""
    assert process.stdout is not None
    return await asyncio.wait_for(process.stdout.readline(), 60.0)
