"""Turns, ratios and verdicts of the benchmark's tables."""

import os
import sys
from subprocess import PIPE, Popen

import pytest

from benchmarks.__main__ import asked_for
from benchmarks.contenders import Contender, compared, take_turns
from benchmarks.costs import PARTIES, Meter, costs_table, per_request
from benchmarks.growths import Growth, growths_table
from benchmarks.load import Answered
from benchmarks.processes import most_resident, resident, running, tree


def answered(rate: int) -> Answered:
    return Answered(1.0, [0.001] * rate)


def test_every_round_begins_with_another_contender() -> None:
    turns: list[str] = []

    def named(name: str) -> Contender[Answered]:
        def measure() -> Answered:
            turns.append(name)
            return answered(1)

        return Contender(name, measure)

    take_turns([named("a"), named("b"), named("c")], 4, lambda _: None)

    assert turns == ["a", "b", "c", "b", "c", "a", "c", "a", "b", "a", "b", "c"]


def test_a_ratio_is_the_median_of_those_of_the_rounds_and_a_miss_is_seen() -> None:
    def rated(name: str, *rates: int, must_reach: float | None = None) -> Contender[Answered]:
        return Contender(name, lambda: answered(1), must_reach, rounds=[answered(rate) for rate in rates])

    ours = rated("ours", 16, 8, 80)
    slower = rated("slower", 2, 2, 2, must_reach=8)
    faster = rated("faster", 16, 16, 160, must_reach=0.6)
    plain = rated("plain", 4, 8, 8)

    assert list(compared([ours, slower, faster, plain])) == [
        ("", "", ""),
        ("8.00×", "≥ 8×", "reached"),
        ("0.50×", "≥ 0.6×", "**not reached**"),
        ("4.00×", "", ""),
    ]


@pytest.mark.parametrize(("long", "verdict"), [(130, "reached"), (131, "**not reached**")])
def test_what_grows_may_grow_up_to_its_limit(long: int, verdict: str) -> None:
    growth = Growth(what="append p50, ms", short_events=1_000, short=100, long_events=2_000, long=long, at_most=1.3)

    row = list(growths_table([growth]))[-1]

    assert row.endswith(f"| ≤ 1.3× | {verdict} |")


def test_costs_are_medians_for_each_party_and_their_sum() -> None:
    zero = dict.fromkeys(PARTIES, 0.0)
    rounds = [per_request(zero, {**zero, "server": seconds, "client": 0.5}, 1_000) for seconds in (1.0, 2.0, 9.0)]

    row = list(costs_table([("ours", rounds)]))[-1]

    assert row.startswith("| ours | 2,000 | 0 | 0 | 500 | 2,500 | ")


def test_a_process_is_counted_with_its_children_those_that_have_ended_too() -> None:
    spend = "import time\nwhile time.process_time() < 0.2: pass"
    script = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {spend!r}])\nprint()\nsys.stdin.read()"
    with Popen([sys.executable, "-c", script], stdin=PIPE, stdout=PIPE) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        used = Meter(server=parent.pid, postmaster=0).read()
        descendants = tree(os.getpid(), running())
        held = resident(parent.pid), most_resident(parent.pid)
        parent.communicate()

    assert used["server"] >= 0.2
    assert (used["projections"], used["PostgreSQL"]) == (0, 0)
    assert parent.pid in descendants
    assert 1_000_000 < held[0] <= held[1]
    assert resident(parent.pid) == 0


def test_long_asks_for_the_sizes_of_the_targets() -> None:
    assert (asked_for([]).events, asked_for([]).memory_commands) == (1_000_000, 40_000)
    assert (asked_for(["--long"]).events, asked_for(["--long"]).memory_commands) == (10_000_000, 1_000_000)
    assert asked_for(["--long", "--events", "5000000"]).events == 5_000_000


def test_a_page_of_some_parts_is_not_kept() -> None:
    with pytest.raises(SystemExit):
        asked_for(["--keep", "--parts", "logs"])
