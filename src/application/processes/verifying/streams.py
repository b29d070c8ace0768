"""Every stream by itself: versions dense from 1, the head agrees, and its aggregate folds."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from application.kernel.auditing import Entry, HeadedEntry
from application.processes.verifying.report import Finding, Notes
from application.processes.verifying.request_steps import Judge
from domain.kernel.aggregate import Aggregate, StreamName

_ID_WITH_DASH: Final = 37
_REFUSALS: Final = "-refusals"
_REFUSED: Final = ".request-refused"


class Streams:
    """Walks through the log stream by stream, with the state of one stream in hand."""

    def __init__(self, aggregates: Mapping[str, Aggregate[Any, Any]], judges: Mapping[str, Judge]) -> None:
        self._aggregates = aggregates
        self._judges = judges
        self._stream: StreamName | None = None
        self._version = 0
        self._position = 0
        self._head: int | None = None
        self._state: Any = None
        self._folds = True

    def next(self, headed: HeadedEntry, notes: Notes) -> None:
        """Look at the next event."""
        entry = headed.entry
        if entry.stream != self._stream:
            notes.add(self.end())
            notes.streams += 1
            self._stream, self._version, self._position = entry.stream, 0, 0
            self._state, self._folds = None, True
        notes.add(self._in_order(entry))
        notes.add(self._folded(entry))
        self._version, self._position, self._head = entry.version, entry.position, headed.head

    def end(self) -> Iterator[Finding]:
        """Close the stream in hand: its head must be its last event's version."""
        if self._stream is not None and self._head != self._version:
            stands = "has no head" if self._head is None else f"has its head at version {self._head}"
            yield Finding(
                self._position, self._stream, f"the stream {stands}, its last event is version {self._version}"
            )

    def _in_order(self, entry: Entry) -> Iterator[Finding]:
        due = self._version + 1
        # An application of the library may count its versions from 0.
        may_be_zero = entry.event is None and self._position == 0
        if entry.version != due and not (may_be_zero and entry.version == 0):
            yield Finding(
                entry.position, entry.stream, f"version {entry.version} where {due} is due: versions are dense"
            )
        if entry.position <= self._position:
            yield Finding(
                entry.position, entry.stream, f"version {entry.version} stands before version {self._version}"
            )

    def _folded(self, entry: Entry) -> Iterator[Finding]:
        if entry.event is None:
            return
        aggregate, is_own = self._place(entry.stream)
        if aggregate is None or entry.type not in aggregate.events or is_own is entry.type.endswith(_REFUSED):
            yield Finding(entry.position, entry.stream, f"{entry.type} does not belong in this stream")
        elif is_own and self._folds:
            yield from self._judged(aggregate, entry)
            try:
                self._state = aggregate.evolve(self._state, entry.event)
            except Exception as error:  # noqa: BLE001 - whatever a fold trips over is a finding
                self._folds = False
                yield Finding(entry.position, entry.stream, f"{entry.type} cannot be folded: {_told(error)}")

    def _judged(self, aggregate: Aggregate[Any, Any], entry: Entry) -> Iterator[Finding]:
        """Have whoever judges streams of this kind look at the event, on the state before it."""
        judge = self._judges.get(aggregate.name)
        if judge is None:
            return
        try:
            said = list(judge(self._state, entry.event))
        except Exception as error:  # noqa: BLE001 - a log that was tampered with may trip over anything
            said = [f"cannot be judged: {_told(error)}"]
        yield from (Finding(entry.position, entry.stream, f"{entry.type} {what}") for what in said)

    def _place(self, stream: StreamName) -> tuple[Aggregate[Any, Any] | None, bool]:
        """Answer whose stream it is, and whether it is the aggregate's own or the one of refusals beside it."""
        name = stream[:-_ID_WITH_DASH]
        return self._aggregates.get(name.removesuffix(_REFUSALS)), not name.endswith(_REFUSALS)


def _told(error: Exception) -> str:
    return f"{type(error).__name__} {error}".strip()
