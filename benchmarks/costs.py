"""Whose processor time a request takes: counted over the measured seconds, because all share the same cores."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from benchmarks.processes import Process, is_running_module, running, tree

PARTIES: Final = ("server", "projections", "PostgreSQL", "client")
_PROJECTIONS: Final = "api.serving.projections"
_MICROSECONDS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Meter:
    """Reads how many seconds of processors each party has used by now; the client is this process."""

    server: int
    postmaster: int

    def read(self) -> Mapping[str, float]:
        """Answer seconds by party, those of children that have ended among them."""
        present = running()
        served = set(tree(self.server, present))
        projections = {pid for pid in served if is_running_module(pid, _PROJECTIONS)}
        own = os.times()
        return {
            "server": _used(present, served - projections),
            "projections": _used(present, projections),
            "PostgreSQL": _used(present, tree(self.postmaster, present)),
            "client": own.user + own.system,
        }


def _used(present: Mapping[int, Process], pids: Iterable[int]) -> float:
    return sum(present[pid].seconds + present[pid].seconds_of_ended for pid in pids)


def per_request(before: Mapping[str, float], after: Mapping[str, float], requests: int) -> Mapping[str, float]:
    """Answer the microseconds that each party used for one request."""
    return {party: _MICROSECONDS * (after[party] - before[party]) / requests for party in PARTIES}


def costs_table(costs: Iterable[tuple[str, Sequence[Mapping[str, float]]]]) -> Iterator[str]:
    """Write a row per contender: medians of its rounds, their sum, and what that lets the machine answer at most."""
    cores = os.cpu_count() or 1
    yield f"| µs of processors a request | {' | '.join(PARTIES)} | all | {cores} cores allow requests/s |"
    yield f"|---{'|--:' * (len(PARTIES) + 2)}|"
    for name, rounds in costs:
        each = [median(cost[party] for cost in rounds) for party in PARTIES]
        shown = " | ".join(f"{value:,.0f}" for value in each)
        yield f"| {name} | {shown} | {sum(each):,.0f} | {cores * _MICROSECONDS / sum(each):,.0f} |"
