"""How much memory a worker holds after ever more commands: what it remembers is bounded, and that is to be seen."""

import asyncio
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

import uvloop

from benchmarks.city import MeasuredCity
from benchmarks.contenders import verdict
from benchmarks.load import drive
from benchmarks.processes import MB, is_running_module, resident, tree
from benchmarks.processes import running as running_processes
from benchmarks.sequences import CONNECTIONS, DEDUCTIONS_A_FILE, young_files
from benchmarks.servers import free_port, ours, running

_MOST_MB: Final = 300
_STEPS: Final = 10
_ROLES: Final = ("worker", "projections")


def measure_worker_memory(folder: Path, city: MeasuredCity, commands: int, say: Callable[[str], None]) -> str:
    """Send so many commands to one worker and look at it ten times on the way; answers a section of the page."""
    port = free_port()
    files = [young_files(city.identities, city.authorization) for _ in range(CONNECTIONS)]
    a_step = max(1, commands // _STEPS // CONNECTIONS)
    with (
        running(ours(port, folder / "data"), port, {}, folder / "memory.log") as pid,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        held = [_held(pid)]
        for step in range(1, _STEPS + 1):
            say(f"memory of a worker: {step} of {_STEPS}")
            runner.run(drive(port, [islice(each, a_step) for each in files]))
            held.append(_held(pid))
    return "\n".join(_page(held, a_step * CONNECTIONS))


def _held(server: int) -> tuple[float, ...]:
    """Answer what the worker and the process of the read models hold, in MB."""
    pids = tree(server, running_processes())
    return tuple(
        sum(resident(pid) for pid in pids if is_running_module(pid, f"api.serving.{role}")) / MB for role in _ROLES
    )


def _page(held: list[tuple[float, ...]], a_step: int) -> Iterator[str]:
    sent, (worker, _) = a_step * _STEPS, held[-1]
    yield f"## Memory of a worker through {sent:,} commands"
    yield ""
    yield (
        f"Ever more licence files, each opened and then charged {DEDUCTIONS_A_FILE} times. After {sent:,} commands the "
        f"worker holds {worker:,.0f} MB resident; asked is less than {_MOST_MB}: "
        f"{verdict(is_reached=worker < _MOST_MB)}."
    )
    yield ""
    yield f"| commands | {' MB | '.join(_ROLES)} MB |"
    yield f"|--:{'|--:' * len(_ROLES)}|"
    for step, each in enumerate(held):
        yield f"| {step * a_step:,} | {' | '.join(f'{held_mb:,.0f}' for held_mb in each)} |"
    yield ""
