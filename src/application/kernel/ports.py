"""What the application needs from outside: a log, a clock, new ids.

What every command makes one of is a named tuple: it costs half of what a frozen dataclass does.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final, NamedTuple, Protocol
from uuid import UUID

from application.kernel.callers import Role
from domain.kernel.aggregate import StreamName
from domain.kernel.identifiers import DeductionId, LicenceId, Subject
from domain.kernel.personal import IdNumber

_NO_DETAILS: Final[Mapping[str, object]] = MappingProxyType({})


class Origin(NamedTuple):
    """Where an event comes from: one command of one caller, decided at one instant; stored as the event's metadata."""

    command_id: UUID
    command: str
    subject: Subject
    role: Role
    decided_at: datetime


class NewEvent(NamedTuple):
    """An event on its way into a stream; `version` None means the next free one, assigned under the lock."""

    stream: StreamName
    version: int | None
    event: object


class Receipt(NamedTuple):
    """What a command is answered with: id and version of the thing in the path, position of the command's last event.

    `details` holds what some commands add (`deduction_id`; `passed`, `reasons`): JSON values only.
    """

    id: UUID
    version: int
    position: int
    details: Mapping[str, object] = _NO_DETAILS


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryKey:
    """An Idempotency-Key and its subject, hashed to `digest`; `fingerprint` is a keyed hash of what was asked."""

    digest: bytes
    fingerprint: bytes


class Append(NamedTuple):
    """One command's atomic append.

    `reads` names the version of every stream that the decision read (0: the stream was empty), written or not;
    Versions within a stream ascend from the version read; `thing` is the stream whose version the receipt shows. With a
    retry key `writes` may be empty: there was nothing to do, and that is remembered.
    """

    origin: Origin
    reads: Mapping[StreamName, int]
    writes: tuple[NewEvent, ...]
    thing: StreamName
    thing_id: UUID
    details: Mapping[str, object] = _NO_DETAILS
    retry_key: RetryKey | None = None


class Accepted(NamedTuple):
    """The append stands at `receipt.position`."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Stale:
    """A stream that the decision read has moved; nothing was written: load and decide again."""


class Replayed(NamedTuple):
    """The retry key was used before, with this fingerprint and receipt; nothing was written."""

    fingerprint: bytes
    receipt: Receipt


Verdict = Accepted | Stale | Replayed


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An event as the log holds it.

    `type` is the stored name as written, `event` the decoded (upcast) value, None for a foreign event that no codec of
    ours knows; `data` is the event as JSON values with personal fields masked, present when `read` asked for it.
    """

    position: int
    stream: StreamName
    version: int
    type: str
    event: object | None
    origin: Origin | None
    recorded_at: datetime
    data: Mapping[str, object] | None = None


class Unavailable(Exception):
    """The log cannot be reached now and nothing was written; safe to retry."""


class OutcomeUnknown(Exception):
    """The connection died during the commit and the outcome could not be looked up; retry only with a key."""


class TooMany(Exception):
    """The queue of the log is full, or a decision could not win against others before its deadline."""


class EventStore(Protocol):
    """The log: dense positions in commit order, dense versions per stream, atomic appends, never an update."""

    async def append(self, append: Append) -> Verdict:
        """Append one command's events, or none of them; several callers share one commit.

        Once queued the append happens even when the caller is cancelled.
        Raises: Unavailable, OutcomeUnknown, TooMany.
        """

    async def load(self, stream: StreamName, *, after: int = 0) -> Sequence[Recorded]:
        """Read a stream in its order, from the version after `after` on; personal fields stay sealed."""

    async def lived(self, stream: StreamName, *, after: int = 0) -> Sequence[tuple[int, object | None]]:
        """Read a stream as `load` does, but of each event its version and itself only: what a state is folded from."""

    async def heads(self, streams: Collection[StreamName]) -> tuple[Mapping[StreamName, int], int]:
        """Answer the present version of each stream (0: empty) and the position of the log's last event."""

    async def receipt(self, key: RetryKey) -> Replayed | None:
        """Look up what a retry key was answered with in the last 30 days."""

    async def read(
        self,
        *,
        after: int,
        limit: int,
        type: str | None = None,  # noqa: A002 - the log's own word
        stream: StreamName | None = None,
    ) -> Sequence[Recorded]:
        """Read the log by position with personal fields opened for masking (`data` is filled)."""


class Clock(Protocol):
    """The time of this process."""

    def now(self) -> datetime:
        """Answer the present instant, with its offset."""


class Identities(Protocol):
    """New ids, and the ids that follow from what something is."""

    def new(self) -> UUID:
        """Answer an id that nothing else has."""

    def licence(self, id_number: IdNumber) -> LicenceId:
        """Answer the licence file's id of a person: a keyed hash of the ID number, the same for ever."""

    def deduction(self) -> DeductionId:
        """Answer an id for a deduction."""
