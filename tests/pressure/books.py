"""What was answered to the clients, and what must be true of a log for it: nothing lost, nothing doubled."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from tests.journeys.answers import Json, Problem, Receipt
from tests.pressure.orders import Order

REFUSED: Final = ".request-refused"
RELIEVED: Final = "project.manager-left-office"


@dataclass(frozen=True, slots=True)
class Accepted:
    """An order and the receipt that was given for it."""

    order: Order
    receipt: Receipt

    @property
    def stream(self) -> str:
        """The stream of the thing in the path, or of the thing made."""
        return f"{self.order.writes.partition('.')[0]}-{self.receipt.id}"


@dataclass
class Books:
    """Every order that was acknowledged, and how often clients had to ask again."""

    accepted: dict[str, Accepted] = field(default_factory=dict)
    refused: list[tuple[Order, Problem]] = field(default_factory=list)
    in_doubt: set[str] = field(default_factory=set)
    contradictions: list[str] = field(default_factory=list)
    replayed: int = 0
    asked_again: Counter[str] = field(default_factory=Counter)

    def accept(self, order: Order, receipt: Receipt) -> None:
        """Enter a receipt; a second one for the same order must say the same."""
        self.replayed += receipt.replayed
        first = self.accepted.setdefault(order.key, Accepted(order, receipt)).receipt
        told, before = ((each.id, each.version, each.position, each.details) for each in (receipt, first))
        if told != before:
            self.contradictions.append(f"{order}: {before} and then {told}")

    def refuse(self, order: Order, problem: Problem) -> None:
        """Enter a refusal."""
        self.refused.append((order, problem))

    def doubt(self, order: Order) -> None:
        """Enter that nobody knows what became of an attempt.

        It may still be on its way while the next one is decided elsewhere. When that is accepted, the key holds both to
        one; when it is refused, which leaves nothing under the key, the first may yet be done.
        """
        self.in_doubt.add(order.key)

    def done_late(self, log: Sequence[Json]) -> int:
        """Count what an attempt in doubt has done although its client was told a refusal in the end."""
        found, told = _kinds(log), self._told()
        return sum(found[kind] - told[kind] for kind in self._may_be_late())

    def violations(self, log: Sequence[Json]) -> Iterator[str]:
        """Hold the books against the log; every sentence is something that must never be."""
        yield from self.contradictions
        yield from not_dense(log)
        if len({each.receipt.position for each in self.accepted.values()}) < len(self.accepted):
            yield "two accepted orders have the same position"
        if len({problem.position for _, problem in self.refused}) < len(self.refused):
            yield "two refusals have the same position"
        at = {event["position"]: event for event in log}
        versions = {(event["stream"], event["version"]): event for event in log}
        for each in self.accepted.values():
            last, own = at.get(each.receipt.position), versions.get((each.stream, each.receipt.version))
            if last is None or _is_refusal(last):
                yield f"{each}: what it did does not end at its position"
            elif own is None or own["position"] > last["position"] or own["command"] != last["command"]:
                yield f"{each}: its version is not what it did"
        for order, problem in self.refused:
            if problem.position not in at or not _is_refusal(at[problem.position]):
                yield f"{order}: its refusal is not at position {problem.position}"
        yield from self._miscounted(log)

    def _told(self) -> Counter[str]:
        return Counter(each.order.writes for each in self.accepted.values())

    def _only_refused(self) -> Collection[Order]:
        """Answer the orders of which no attempt was answered otherwise."""
        return {order.key: order for order, _ in self.refused if order.key not in self.accepted}.values()

    def _may_be_late(self) -> Counter[str]:
        return Counter(order.writes for order in self._only_refused() if order.key in self.in_doubt)

    def _miscounted(self, log: Sequence[Json]) -> Iterator[str]:
        """Count what the log has of every kind of event that only an order writes, and of every mark."""
        found, told, late = _kinds(log), self._told(), self._may_be_late()
        for kind in told | late:
            if not told[kind] <= found[kind] <= told[kind] + late[kind]:
                yield f"{kind}: {told[kind]} orders were accepted, {late[kind]} in doubt, {found[kind]} are in the log"
        marked = Counter((event["type"], mark) for event in log for mark in marks(event["data"]))
        for each in self.accepted.values():
            if each.order.mark and (times := marked[each.order.writes, each.order.mark]) != 1:
                yield f"{each.order} is {times} times in the log"
        for order in self._only_refused():
            if (times := marked[order.writes, order.mark]) > (order.key in self.in_doubt):
                yield f"{order} was refused and is {times} times in the log"
        deductions = Counter(
            event["data"]["deduction_id"] for event in log if event["type"] == "licence.points-deducted"
        )
        for each in self.accepted.values():
            if (found_id := each.receipt.details.get("deduction_id")) and deductions[found_id] != 1:
                yield f"deduction {found_id} is {deductions[found_id]} times in the log"


def _kinds(log: Sequence[Json]) -> Counter[str]:
    """Count the events of every kind; a relief is one only by its mark, for a revocation relieves as well."""
    return Counter(event["type"] for event in log if event["type"] != RELIEVED or any(marks(event["data"])))


def not_dense(log: Sequence[Json]) -> Iterator[str]:
    """Say where positions are not 1, 2, 3, … and where the versions of a stream are not."""
    if (positions := [event["position"] for event in log]) != list(range(1, len(log) + 1)):
        yield f"positions are not dense from 1: {positions[:10]} …"
    heads: Counter[str] = Counter()
    for event in log:
        heads[event["stream"]] += 1
        if event["version"] != heads[event["stream"]]:
            yield f"{event['stream']} has version {event['version']} where {heads[event['stream']]} is due"


def marks(data: Json) -> Iterator[str]:
    """Answer the texts of an event in which a mark may stand."""
    if isinstance(data, dict):
        for value in data.values():
            yield from marks(value)
    elif isinstance(data, str) and data.endswith("#"):
        yield data


def _is_refusal(event: Json) -> bool:
    return str(event["type"]).endswith(REFUSED)
