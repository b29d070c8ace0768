"""What processes use, as Linux counts it in /proc: processor seconds and resident memory, of each and of trees."""

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final, NamedTuple

MB: Final = 1_000_000

_PROC: Final = Path("/proc")
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_KIB: Final = 1_024


class Process(NamedTuple):
    """A process that runs: its parent, the seconds of processors it has used, and those of children that have ended."""

    parent: int
    seconds: float
    seconds_of_ended: float


def running() -> Mapping[int, Process]:
    """Look at every process there is, by pid."""
    found: dict[int, Process] = {}
    for folder in _PROC.glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text(encoding="utf-8", errors="replace")
        except (FileNotFoundError, ProcessLookupError):  # it has ended meanwhile
            continue
        # The name stands in parentheses and may hold anything; field 4, the parent, is the second one after it.
        fields = stat.rpartition(")")[2].split()
        user, system, user_of_ended, system_of_ended = (int(field) for field in fields[11:15])
        found[int(folder.name)] = Process(
            int(fields[1]), (user + system) / _TICKS, (user_of_ended + system_of_ended) / _TICKS
        )
    return found


def tree(root: int, present: Mapping[int, Process]) -> Collection[int]:
    """Answer a process and all that descend from it, as far as they run."""
    found = [root] if root in present else []
    for pid in found:
        found += [child for child, process in present.items() if process.parent == pid]
    return found


def is_running_module(pid: int, module: str) -> bool:
    """Tell whether a process was started as `python -m MODULE`."""
    try:
        return module.encode() in (_PROC / str(pid) / "cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False


def resident(pid: int) -> int:
    """Answer how many bytes of memory a process holds now, 0 when it has ended."""
    return _memory(pid, "VmRSS")


def most_resident(pid: int) -> int:
    """Answer how many bytes of memory a process has held at most, 0 when it has ended."""
    return _memory(pid, "VmHWM")


def _memory(pid: int, field: str) -> int:
    try:
        status = (_PROC / str(pid) / "status").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    for line in status.splitlines():
        name, _, value = line.partition(":")
        if name == field:
            return int(value.split()[0]) * _KIB
    return 0
