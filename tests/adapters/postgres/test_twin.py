"""The store in memory answers as the one on PostgreSQL does, whatever the commands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from application.kernel.ports import Accepted, Append, NewEvent, Replayed, Verdict
from domain.kernel.aggregate import StreamName
from tests.adapters.memory.test_store import MemoryBench
from tests.adapters.notes import appending, new_note, refusals_of, retry_key, signed, written
from tests.adapters.postgres.bench import Bench

_STREAMS = st.integers(0, 2)
_VERSIONS = st.integers(0, 3)


@dataclass(frozen=True)
class Attempt:
    """A command as a blind caller makes it: it may have read anything of three streams."""

    writes: int
    at: int
    events: int
    reads: dict[int, int]
    beside: bool
    key: str | None

    def append(self, notes: Sequence[StreamName], prefix: str) -> Append:
        events = [signed() if nth % 2 else written() for nth in range(self.events)]
        reads = {notes[index]: version for index, version in self.reads.items() if index != self.writes}
        key = None if self.key is None else retry_key(prefix + self.key, body=str(self.at))
        made = appending(notes[self.writes], *events, at=self.at, reads=reads, key=key, details={"at": self.at})
        if not self.beside:
            return made
        refusal = NewEvent(stream=refusals_of(notes[self.writes]), version=None, event=written())
        return made._replace(writes=(*made.writes, refusal))


ATTEMPTS = st.builds(
    Attempt,
    writes=_STREAMS,
    at=_VERSIONS,
    events=st.integers(1, 2),
    reads=st.dictionaries(_STREAMS, _VERSIONS, max_size=2),
    beside=st.booleans(),
    key=st.sampled_from([None, None, None, "a", "b"]),
)


def relative(verdict: Verdict, begun: int) -> Any:
    """A verdict with its position counted from where this example began."""
    match verdict:
        case Accepted(receipt) | Replayed(_, receipt):
            return verdict._replace(receipt=receipt._replace(position=receipt.position - begun))
        case _:
            return verdict


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(attempts=st.lists(ATTEMPTS, min_size=1, max_size=12))
async def test_verdicts_heads_and_receipts_are_the_same(log: Bench, attempts: list[Attempt]) -> None:
    memory, notes = MemoryBench(), [new_note() for _ in range(3)]
    _, begun = await log.store.heads([])
    for attempt in attempts:
        append = attempt.append(notes, prefix=notes[0])
        assert relative(await log.store.append(append), begun) == await memory.store.append(append)
    streams = [*notes, *(refusals_of(note) for note in notes)]
    heads, position = await log.store.heads(streams)
    assert (heads, position - begun) == await memory.store.heads(streams)
    for stream in streams:
        assert [entry.event for entry in await log.store.load(stream)] == [
            entry.event for entry in await memory.store.load(stream)
        ]
    for key in ("a", "b"):
        found, kept = (
            await log.store.receipt(retry_key(notes[0] + key)),
            await memory.store.receipt(retry_key(notes[0] + key)),
        )
        assert (None if found is None else relative(found, begun)) == kept
