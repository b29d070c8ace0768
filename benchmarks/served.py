"""What is measured over HTTP: commands and reads of ours beside the baselines, and other commands of ours."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain

from benchmarks.city import MeasuredCity
from benchmarks.contenders import OURS, Contender, Served, compared, latency, take_turns
from benchmarks.costs import costs_table
from benchmarks.rounds import Requests, Rounds
from benchmarks.sequences import CONNECTIONS, appointments, deductions, mixture, openings, reads


def measure_served(rounds: Rounds, city: MeasuredCity, count: int, say: Callable[[str], None]) -> str:
    """Measure every contender in every round; answers the sections of the page."""
    tables = {
        "Commands: one deduction a request": _deductions(rounds, city),
        "Other commands of ours": _other_commands(rounds, city),
        "Reads: one licence a request": _reads(rounds, city),
    }
    take_turns([*chain(*tables.values())], count, say)
    lines = [line for title, contenders in tables.items() for line in (f"## {title}", "", *_table(contenders), "")]
    costs = (
        (f"{title.partition(':')[0]}: {each.name}", [served.cost for served in each.rounds])
        for title, contenders in tables.items()
        for each in contenders
    )
    told = (
        "Processor time of each party during the same rounds, divided by the requests answered. Client, server, read "
        "models and PostgreSQL share the cores: what one of them uses no other has, so that nobody can answer more "
        "requests a second than the last column says."
    )
    return "\n".join((*lines, "## Where the time of a command goes", "", told, "", *costs_table(costs), ""))


def _each(sequence: Callable[[int], Iterator[bytes]]) -> Requests:
    return [sequence(connection) for connection in range(CONNECTIONS)]


def _deductions(rounds: Rounds, city: MeasuredCity) -> Sequence[Contender[Served]]:
    of_ours = _each(lambda nth: deductions(city.licences, nth, city.authorization))
    of_others = _each(lambda nth: deductions(city.licences, nth))
    return (
        Contender(OURS, partial(rounds.ours, of_ours)),
        Contender("no database: validates and answers", partial(rounds.baseline, "no_op", of_others), 0.6),
        Contender("plain: validates and inserts one row", partial(rounds.baseline, "plain", of_others), 1.2),
        Contender("stock `eventsourcing` application", partial(rounds.baseline, "stock", of_others, city), 8),
    )


def _other_commands(rounds: Rounds, city: MeasuredCity) -> Sequence[Contender[Served]]:
    sent = city.authorization
    return (
        Contender(
            "appointing a manager, relieving them",
            partial(rounds.ours, _each(lambda nth: appointments(city.offices[nth], sent))),
        ),
        Contender("opening a file", partial(rounds.ours, _each(lambda _: openings(sent)))),
        Contender(
            "eight deductions, an opening, an appointment or relief",
            partial(rounds.ours, _each(lambda nth: mixture(city.licences, city.offices[nth + CONNECTIONS], nth, sent))),
        ),
    )


def _reads(rounds: Rounds, city: MeasuredCity) -> Sequence[Contender[Served]]:
    return (
        Contender(OURS, partial(rounds.ours, _each(lambda nth: reads(city.licences, nth, city.authorization)))),
        Contender(
            "plain SELECT",
            partial(rounds.baseline, "plain", _each(lambda nth: reads(city.licences, nth)), city),
            0.8,
        ),
    )


def _table(contenders: Sequence[Contender[Served]]) -> Iterator[str]:
    """Write one table; where ours comes first, the others are compared with it."""
    is_comparison = contenders[0].name == OURS
    yield "| contender | requests/s | p50 ms | p99 ms |" + (" ours is | must reach | |" if is_comparison else "")
    yield "|---|--:|--:|--:|" + ("--:|--:|---|" if is_comparison else "")
    for each, told in zip(contenders, compared(contenders), strict=True):
        measured = f"| {each.name} | {each.rate:,.0f} | {latency(each, 0.5):.1f} | {latency(each, 0.99):.1f} |"
        yield f"{measured} {' | '.join(told)} |" if is_comparison else measured
