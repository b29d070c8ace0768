"""The process that keeps the read models up with the log; of all there are on one database, one is at work."""

import asyncio
import os
import signal
import sys
from typing import Final

import uvloop

from api.log_lines import write_log_lines
from api.serving.garbage import collect_seldom
from api.serving.inheritance import inherited
from api.serving.lifeline import end_with
from api.settings import Settings

_NICE: Final = 5
"""Where processors are scarce, commands are answered before pages are brought up to date."""


async def follow(settings: Settings, url: str) -> None:
    """Follow the log until SIGTERM."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    # Only now, for importing is most of a start, and by now it is nice.
    from api.composing.read_models import run_read_models  # noqa: PLC0415

    collect_seldom()
    await run_read_models(settings, url, stop)


def main() -> None:
    """Run as the supervisor starts it: `projections.py LIFELINE`, an inherited descriptor."""
    os.nice(_NICE)
    write_log_lines()
    end_with(int(sys.argv[1]))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(follow(*inherited()))


if __name__ == "__main__":
    main()
