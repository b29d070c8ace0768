"""Contenders for one question, each measured once in every round, in an order that turns from round to round."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final, Generic, NamedTuple, Protocol, TypeVar

from benchmarks.load import Answered

OURS: Final = "Guanjia"


class Rated(Protocol):
    """What came of one round."""

    @property
    def rate(self) -> float:
        """So many a second."""


RatedT = TypeVar("RatedT", bound=Rated)


class Served(NamedTuple):
    """What a server did in one round, and the microseconds of processors that each party used for a request."""

    answered: Answered
    cost: Mapping[str, float]

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.answered.rate


@dataclass(slots=True)
class Contender(Generic[RatedT]):
    """One row of a table: its name, how it is measured, what ours must reach against it, what came of each round."""

    name: str
    measure: Callable[[], RatedT]
    must_reach: float | None = None
    rounds: list[RatedT] = field(default_factory=list)

    def take_turn(self) -> None:
        """Measure one round."""
        self.rounds.append(self.measure())

    @property
    def rate(self) -> float:
        """The median over the rounds of how many a second."""
        return median(measured.rate for measured in self.rounds)


def latency(contender: Contender[Served], share: float) -> float:
    """Answer the median over the rounds of a percentile, in milliseconds."""
    return median(served.answered.percentile(share) for served in contender.rounds)


def take_turns(contenders: Sequence[Contender[RatedT]], rounds: int, say: Callable[[str], None]) -> None:
    """Measure all of them in every round, so that what changes on the machine meanwhile changes for all.

    Each round begins with the next one: nobody always comes first, or always after the same one.
    """
    for number in range(rounds):
        first = number % len(contenders)
        for contender in (*contenders[first:], *contenders[:first]):
            say(f"round {number + 1} of {rounds}: {contender.name}")
            contender.take_turn()


def compared(contenders: Sequence[Contender[RatedT]]) -> Iterator[tuple[str, str, str]]:
    """Tell, for each, how the first compares with it, what that must reach, and whether it does.

    What is compared is what was measured in the same round, one soon after the other; the median of that counts.
    """
    first = contenders[0]
    yield "", "", ""
    for each in contenders[1:]:
        ratio = median(ours.rate / its.rate for ours, its in zip(first.rounds, each.rounds, strict=True))
        if each.must_reach is None:
            yield f"{ratio:.2f}×", "", ""
        else:
            yield f"{ratio:.2f}×", f"≥ {each.must_reach:g}×", verdict(is_reached=ratio >= each.must_reach)


def verdict(*, is_reached: bool) -> str:
    """Tell whether a target is reached, so that a miss is seen."""
    return "reached" if is_reached else "**not reached**"
