"""What may grow with the log, and by how much: one thing measured in a short log and in a long one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks.contenders import verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """A row: what was measured, at how many events each, and how many times as much the long log may take at most."""

    what: str
    short_events: int
    short: float
    long_events: int
    long: float
    at_most: float | None = None


def growths_table(growths: Iterable[Growth]) -> Iterator[str]:
    """Write a row for each."""
    yield "| what | in a short log | in a long log | long is | at most | |"
    yield "|---|--:|--:|--:|--:|---|"
    for each in growths:
        ratio = each.long / each.short
        told = "| |" if each.at_most is None else f"≤ {each.at_most:g}× | {verdict(is_reached=ratio <= each.at_most)} |"
        yield (
            f"| {each.what} | {each.short:,.1f} at {each.short_events:,} | {each.long:,.1f} at {each.long_events:,} "
            f"| {ratio:.2f}× | {told}"
        )
