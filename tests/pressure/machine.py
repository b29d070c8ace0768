"""What the machine gives us: a time that is measured while others work on it is freed from what they take."""

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

_PROC: Final = Path("/proc")
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_PROCESSORS: Final = os.cpu_count() or 1
_IDLE: Final = (3, 4)
"""Where /proc/stat counts idle time and waiting for the disk; guests come behind and are counted before."""

_GUESTS_FROM: Final = 8


@dataclass(frozen=True, slots=True)
class Elapsed:
    """Seconds by the clock, and as they would be if nobody else had used a processor meanwhile."""

    seconds: float
    without_others: float

    def __str__(self) -> str:
        return f"{self.seconds:.1f} ({self.without_others:.1f} without others)"


@dataclass(frozen=True, slots=True)
class Watch:
    """Started at a moment; ours are the processes below this one and below the database's `server`."""

    server: Path
    began: float
    busy: float
    used: Mapping[int, float]

    @classmethod
    def started(cls, data_dir: Path) -> Self:
        """Begin to measure."""
        server = data_dir / "postgres.pid"
        return cls(server, time.monotonic(), _busy(), _used_by_ours(server))

    def elapsed(self) -> Elapsed:
        """Answer what has gone by. What has ended meanwhile counts for others, which are a little overrated then."""
        seconds = time.monotonic() - self.began
        ours = sum(used - self.used.get(pid, 0.0) for pid, used in _used_by_ours(self.server).items())
        others = max(0.0, _busy() - self.busy - ours) / _PROCESSORS
        return Elapsed(seconds, max(0.0, seconds - others))


def _busy() -> float:
    """Answer the processor seconds that all have used since the machine was started."""
    times = [int(each) for each in (_PROC / "stat").read_text(encoding="ascii").splitlines()[0].split()[1:]]
    return sum(each for at, each in enumerate(times[:_GUESTS_FROM]) if at not in _IDLE) / _TICKS


def _used_by_ours(server: Path) -> dict[int, float]:
    """Answer the processor seconds of each process that is ours."""
    parents, used = {}, {}
    for entry in _PROC.iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            fields = (entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it ended while we looked
            continue
        pid = int(entry.name)
        parents[pid] = int(fields[1])
        used[pid] = (int(fields[11]) + int(fields[12])) / _TICKS
    roots = {os.getpid()}
    if server.exists() and (written := server.read_text(encoding="ascii").strip()):
        roots.add(int(written))
    return {pid: used[pid] for pid in used if _descends(pid, roots, parents)}


def _descends(pid: int, roots: set[int], parents: dict[int, int]) -> bool:
    while pid not in roots and pid in parents:
        pid = parents[pid]
    return pid in roots
