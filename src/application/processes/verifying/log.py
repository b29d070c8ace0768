"""The whole log is read twice: along its positions, command by command, then stream by stream."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from application.kernel.auditing import Ends, Entry, LogUnderAudit
from application.processes.verifying.invariants import broken_by
from application.processes.verifying.register import Register
from application.processes.verifying.report import Notes, Report
from application.processes.verifying.request_steps import judges
from application.processes.verifying.sequence import Sequence, wrong_ends
from application.processes.verifying.streams import Streams
from domain.kernel.aggregate import Aggregate
from domain.kernel.rule_set import RuleSets

Advance = Callable[[int], None]
"""Told how many more events have been read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyingLog:
    """Verifies a log; memory grows with the register and not with the log."""

    log: LogUnderAudit
    aggregates: Mapping[str, Aggregate[Any, Any]]

    async def __call__(self, ends: Ends, advance: Advance) -> Report:
        """Read the log up to where it ended and report; `advance` is told of every event twice.

        Raises: Unavailable.
        """
        notes = Notes()
        notes.add(wrong_ends(ends))
        register = Register()
        async for command in self._commands(ends.last, notes, advance):
            notes.commands += 1
            origin = command[0].origin
            step = None if origin is None else register.take(origin, command)
            if step is not None:
                notes.add(broken_by(step))
        await self._stream_by_stream(notes, advance, register.rule_sets)
        return notes.report()

    async def _commands(self, until: int, notes: Notes, advance: Advance) -> AsyncIterator[list[Entry]]:
        """Go along the log and answer each command's events, which stand together; foreign events are passed over."""
        sequence, command = Sequence(), list[Entry]()
        async for entries in self.log.by_position(until):
            for entry in entries:
                notes.events += 1
                notes.add(sequence.next(entry))
                if entry.event is None and not entry.faults:
                    notes.foreign[entry.type] += 1
                if command and _command_of(entry) != _command_of(command[0]):
                    yield command
                    command = []
                if entry.event is not None and entry.origin is not None:
                    command.append(entry)
            advance(len(entries))
        if command:
            yield command

    async def _stream_by_stream(self, notes: Notes, advance: Advance, rule_sets: RuleSets) -> None:
        streams = Streams(self.aggregates, judges(rule_sets))
        async for entries in self.log.by_stream():
            for entry in entries:
                streams.next(entry, notes)
            advance(len(entries))
        notes.add(streams.end())


def _command_of(entry: Entry) -> object:
    return None if entry.origin is None else entry.origin.command_id
