"""Which processes belong to a cluster: told by the cluster's name, which every process of the server carries."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

PROC = Path("/proc")
TICK = 0.01


def is_alive(pid: int, name: str) -> bool:
    """Whether this process is a live one of the cluster's server: no zombie, no stranger that took over the number.

    Its command line is read because everyone may read it; root in a container may not read where it runs.
    """
    try:
        command = (PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return False
    return _is_of_cluster(command.split(b"\0"), name.encode())


def of_cluster(name: str, uid: int) -> list[int]:
    """All processes of the cluster's server that run as this user."""
    return [pid for pid in _processes_of(uid) if is_alive(pid, name)]


def end_all(name: str, uid: int, seconds: float = 5) -> list[int]:
    """End what a killed server has left behind, which keeps a new one from starting; gives what would not end."""
    for ask, patience in ((signal.SIGQUIT, 1.0), (signal.SIGKILL, seconds)):
        for pid in of_cluster(name, uid):
            tell(pid, ask)
        if wait_until(lambda: not of_cluster(name, uid), patience):
            return []
    return of_cluster(name, uid)


def tell(pid: int, ask: signal.Signals) -> None:
    """Send a signal; a process that has ended meanwhile needs none."""
    try:
        os.kill(pid, ask)
    except ProcessLookupError:
        return


def wait_until(done: Callable[[], bool], seconds: float) -> bool:
    """Wait for what other processes do and give no sign of; gives whether it came about in time."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(TICK)
    return True


def _is_of_cluster(words: list[bytes], name: bytes) -> bool:
    # The postmaster shows its arguments; its children replace theirs with a title: `postgres: NAME: checkpointer`.
    title = words[0]
    return title.startswith(b"postgres: " + name + b":") or (
        title.rpartition(b"/")[2] == b"postgres" and b"--cluster-name=" + name in words
    )


def _processes_of(uid: int) -> list[int]:
    found = []
    for entry in PROC.iterdir():
        try:
            if entry.name.isdecimal() and entry.stat().st_uid == uid:
                found.append(int(entry.name))
        except OSError:  # it ended while we looked
            continue
    return found
