"""Group commit: one coroutine per process that sends whatever commands have queued while the last batch committed."""

import asyncio
from collections import deque
from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID, uuid4

import structlog

from adapters.postgres.batches import MOST_COMMANDS, Waiting, take_batch
from adapters.postgres.commands import Command, replayed_receipt
from adapters.postgres.connection import CONNECT_SECONDS, Connection, Database
from adapters.postgres.failures import lost_connection, refused_for_now
from adapters.postgres.outcome import outcomes
from adapters.postgres.signal import Signal
from application.kernel.ports import Accepted, Clock, OutcomeUnknown, Replayed, Stale, TooMany, Unavailable, Verdict

MOST_QUEUED: Final = 5_000
_COMMIT_SECONDS: Final = 20.0
_STOP_SECONDS: Final = 5.0

_APPEND: Final = "select * from append_batch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
_HEAD: Final = "select position from log_head"

_STALE: Final = Stale()

_log: Final = structlog.get_logger(__name__)


class Writer:
    """Owns one connection and the queue in front of it; started and stopped with its process's store."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        signal: Signal,
        *,
        check_clock: bool = True,
        most_queued: int = MOST_QUEUED,
        most_in_batch: int = MOST_COMMANDS,
    ) -> None:
        self._database = database
        self._clock = clock
        self._signal = signal
        self._check_clock = check_clock
        self._most_queued = most_queued
        self._most_in_batch = most_in_batch
        self._queue: deque[Waiting] = deque()
        self._filled = asyncio.Event()
        self._connection: Connection | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to take commands."""
        self._task = asyncio.create_task(self._run(), name="log writer")

    async def stop(self) -> None:
        """Take no more commands, commit those that wait, and leave."""
        task, self._task = self._task, None
        if task is None:
            return
        self._filled.set()
        try:
            await asyncio.wait_for(task, _STOP_SECONDS)
        except TimeoutError:
            _fail(self._queue, Unavailable, "the server is stopping")
        await self._disconnect()

    async def write(self, command: Command) -> Verdict:
        """Queue a command and wait for its verdict; what becomes of the caller changes nothing for the command.

        Raises: TooMany, Unavailable, OutcomeUnknown; whatever the database says against this one command.
        """
        if self._task is None:
            raise Unavailable("the log is not open for writing")
        if len(self._queue) >= self._most_queued:
            raise TooMany
        waiting = Waiting(command, asyncio.get_running_loop().create_future())
        self._queue.append(waiting)
        self._filled.set()
        return await waiting.answer

    async def _run(self) -> None:
        while self._task is not None or self._queue:
            await self._filled.wait()
            self._filled.clear()
            while self._queue:
                batch = take_batch(self._queue, self._most_in_batch)
                try:
                    await self._commit(batch)
                except Exception as error:  # noqa: BLE001 - the one writer outlives whatever is wrong with one batch
                    _log.exception("a batch went wrong")
                    _fail(batch, OutcomeUnknown, f"a batch went wrong: {error!r}")

    async def _commit(self, batch: Sequence[Waiting]) -> None:
        connection = await self._connected(batch)
        if connection is None:
            return
        number, known = uuid4(), self._signal.position
        try:
            rows = await connection.fetch(
                _APPEND, number, self._clock.now(), self._check_clock, *_columns(batch), timeout=_COMMIT_SECONDS
            )
        except asyncio.CancelledError:
            _fail(batch, OutcomeUnknown, "the server stopped during the commit")
            raise
        except Exception as error:  # noqa: BLE001 - every one is answered to the callers it concerns
            if lost_connection(error):
                await self._disconnect()
                await self._look_up(batch, number, known, error)
            elif refused_for_now(error):
                _fail(batch, Unavailable, str(error))
            elif len(batch) == 1:
                _refuse(batch[0], error)
            else:
                for waiting in batch:
                    await self._commit([waiting])
        else:
            self._answer(batch, rows)

    def _answer(self, batch: Sequence[Waiting], rows: Iterable[Any]) -> None:
        verdicts: dict[int, Verdict] = {}
        for number, version, position, fingerprint, thing_id, details in rows:
            if fingerprint is None:
                verdicts[number] = Accepted(batch[number - 1].command.receipt(version, position))
                self._signal.rise(position)
            else:
                verdicts[number] = Replayed(fingerprint, replayed_receipt(thing_id, version, position, details))
        for number, waiting in enumerate(batch, start=1):
            _settle(waiting, verdicts.get(number, _STALE))

    async def _look_up(self, batch: Sequence[Waiting], number: UUID, known: int, cause: Exception) -> None:
        """Answer every command of a batch whose connection was lost by what the log holds of it."""
        try:
            found = await outcomes(self._database, number, known, [waiting.command for waiting in batch])
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody knows what became of the batch
            _log.error("the outcome of a commit is unknown", commands=len(batch), lost=str(cause), lookup=str(error))
            _fail(batch, OutcomeUnknown, f"the connection was lost during the commit: {cause}")
            return
        for waiting, verdict in zip(batch, found, strict=True):
            if verdict is None:
                _refuse(waiting, Unavailable(f"the connection was lost, nothing was written: {cause}"))
            else:
                if isinstance(verdict, Accepted):
                    self._signal.rise(verdict.receipt.position)
                _settle(waiting, verdict)

    async def _connected(self, batch: Sequence[Waiting]) -> Connection | None:
        """Answer the connection, opened anew if need be; None when there is none and all who wait have been told."""
        if self._connection is not None and not self._connection.is_closed():
            return self._connection
        try:
            self._connection = await self._database.connect(purpose="guanjia writer")
            self._signal.rise(await self._connection.fetchval(_HEAD, timeout=CONNECT_SECONDS))
        except Exception as error:  # noqa: BLE001 - whatever keeps us from the database, nothing was written
            _log.warning("the log cannot be reached", commands=len(batch) + len(self._queue), error=str(error))
            await self._disconnect()
            _fail((*batch, *self._queue), Unavailable, f"the database cannot be reached: {error}")
            self._queue.clear()
            return None
        return self._connection

    async def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.terminate()


def _columns(batch: Sequence[Waiting]) -> tuple[list[Any], ...]:
    """Spread a batch into the arrays that the append takes: commands, what they read, what they write."""
    digests, fingerprints, things, thing_ids, details = [], [], [], [], []
    readers, streams_read, versions_read = [], [], []
    writers, streams, types, data, metadata = [], [], [], [], []
    for number, waiting in enumerate(batch, start=1):
        command = waiting.command
        append = command.append
        digests.append(command.digest)
        fingerprints.append(append.retry_key.fingerprint if append.retry_key else None)
        things.append(append.thing)
        thing_ids.append(append.thing_id)
        details.append(command.details)
        for stream, version in append.reads.items():
            readers.append(number)
            streams_read.append(stream)
            versions_read.append(version)
        for event in command.events:
            writers.append(number)
            streams.append(event.stream)
            types.append(event.type)
            data.append(event.data)
            metadata.append(event.metadata)
    return (
        *(digests, fingerprints, things, thing_ids, details),
        *(readers, streams_read, versions_read),
        *(writers, streams, types, data, metadata),
    )


def _settle(waiting: Waiting, verdict: Verdict) -> None:
    if not waiting.answer.done():
        waiting.answer.set_result(verdict)


def _refuse(waiting: Waiting, error: Exception) -> None:
    if not waiting.answer.done():
        waiting.answer.set_exception(error)


def _fail(batch: Iterable[Waiting], kind: type[Exception], message: str) -> None:
    """Give every caller an exception of its own: one that is raised in many places gathers all their tracebacks."""
    for waiting in batch:
        _refuse(waiting, kind(message))
