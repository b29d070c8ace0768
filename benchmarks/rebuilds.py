"""Rebuilds measured from outside: each runs in a process of its own, and its memory is read while it does."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from benchmarks.processes import most_resident, running, tree
from benchmarks.servers import ROOT

_LOOK_SECONDS: Final = 0.1


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """So many events followed in so many seconds, and the bytes that the processes at it held at most."""

    events: int
    seconds: float
    memory: int

    @property
    def rate(self) -> float:
        """Events a second, of those that the read model follows."""
        return self.events / self.seconds


def tell(events: int, seconds: float) -> None:
    """Tell, from inside the process, what was done; the last line counts."""
    sys.stdout.write(json.dumps({"events": events, "seconds": seconds}) + "\n")


def rebuilt_by(module: str, environment: Mapping[str, str]) -> Rebuilt:
    """Run a module that tells what it has done."""
    most: dict[int, int] = {}
    with subprocess.Popen(
        [sys.executable, "-m", module],
        env={**os.environ, **environment},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        while process.poll() is None:
            for pid in tree(process.pid, running()):
                most[pid] = max(most.get(pid, 0), most_resident(pid))
            time.sleep(_LOOK_SECONDS)
        told, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{module} failed with {process.returncode}")
    return Rebuilt(**json.loads(told.splitlines()[-1]), memory=sum(most.values()))
