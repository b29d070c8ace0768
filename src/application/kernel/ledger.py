"""The only load–decide–append: decide on what is known, append if nothing moved, else decide again."""

import asyncio
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Final, TypeVar

from application.kernel.dossier import AlreadyAnswered, Dossier, UseCase
from application.kernel.permissions import Forbidden
from application.kernel.ports import (
    Accepted,
    Append,
    Clock,
    EventStore,
    Identities,
    NewEvent,
    Origin,
    Receipt,
    Replayed,
    RetryKey,
    TooMany,
)
from application.kernel.refusals import KeyInProgress, KeyReused, RefusedOnRecord, StaleVersion
from application.kernel.states import Known, States
from application.kernel.stream_locks import StreamLocks
from application.kernel.submission import Answer, Submission
from domain.kernel.aggregate import Aggregate, StreamName, refusals_beside
from domain.kernel.errors import NoSuchThing, Unacceptable
from domain.kernel.personal import Personal
from domain.kernel.refusals import RequestRefused
from domain.kernel.rules import RulesBroken

PATIENCE_SECONDS: Final = 10.0
"""How long one command goes on deciding again, or waits for the first one with its key."""

_REFUSALS: Final = (RulesBroken, NoSuchThing, Forbidden, StaleVersion, Unacceptable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Takes commands to the log; one per process."""

    store: EventStore
    clock: Clock
    identities: Identities
    states: States
    locks: StreamLocks = field(default_factory=StreamLocks)
    running: dict[bytes, asyncio.Event] = field(default_factory=dict)

    async def submit(self, use_case: UseCase, sent: Submission, asked: object) -> Answer:
        """Have a use case decide and append what it decided; refusals of rules go on record.

        Raises: RefusedOnRecord, NoSuchThing, Forbidden, StaleVersion, Unacceptable, KeyReused, KeyInProgress,
        Unavailable, OutcomeUnknown, TooMany.
        """
        give_up_at = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        if sent.retry_key is None:
            return await self._decide_until_it_stands(use_case, sent, asked, give_up_at)
        digest = sent.retry_key.digest
        while (first := self.running.get(digest)) is not None:
            try:
                async with asyncio.timeout_at(give_up_at):
                    await first.wait()
            except TimeoutError:
                raise KeyInProgress from None
        self.running[digest] = asyncio.Event()
        try:
            return await self._decide_until_it_stands(use_case, sent, asked, give_up_at)
        finally:
            self.running.pop(digest).set()

    async def _decide_until_it_stands(
        self, use_case: UseCase, sent: Submission, asked: object, give_up_at: float
    ) -> Answer:
        command_id = self.identities.new()
        held: frozenset[StreamName] = frozenset()
        while asyncio.get_running_loop().time() < give_up_at:
            async with self.locks.holding(held):
                dossier = Dossier(self.states, sent, self.clock.now(), self._earlier)
                origin = Origin(
                    command_id=command_id,
                    command=use_case.command,
                    subject=sent.caller.subject,
                    role=sent.caller.role,
                    decided_at=dossier.now,
                )
                try:
                    await use_case(dossier, asked)
                except AlreadyAnswered as answered:
                    await dossier.follow_up()
                    return Answer(answered.receipt, replayed=True)
                except _REFUSALS as refusal:
                    if not await self._moved(dossier):
                        return await self._turn_away(dossier, origin, sent, asked, refusal)
                    continue
                written = frozenset(dossier.moved_to)
                contended = self.locks.in_use(written - held)
                held |= written
                if not contended and (answer := await self._conclude(dossier, origin, sent)) is not None:
                    return answer
        raise TooMany

    async def _conclude(self, dossier: Dossier, origin: Origin, sent: Submission) -> Answer | None:
        """Answer a decision that no rule refused; None when a stream has moved and it must be made again."""
        if not dossier.admitted:
            message = f"{origin.command} decided without asking who may"
            raise PermissionError(message)
        # That there was nothing to do is remembered too: the same request must not do something later.
        if dossier.writes or sent.retry_key is not None:
            return await self._append(dossier, origin, sent)
        return None if await self._moved(dossier) else await self._nothing_to_do(dossier)

    async def _append(self, dossier: Dossier, origin: Origin, sent: Submission) -> Answer | None:
        """Append; None when a stream has moved meanwhile."""
        thing, thing_id = _of(dossier.thing), _of(dossier.thing_id)
        verdict = await self.store.append(
            Append(
                origin=origin,
                reads=dossier.reads,
                writes=tuple(dossier.writes),
                thing=thing,
                thing_id=thing_id,
                details=dossier.details,
                retry_key=sent.retry_key,
            )
        )
        match verdict:
            case Accepted(receipt):
                self._remember(dossier)
                await dossier.follow_up()
                return Answer(receipt)
            case Replayed(fingerprint, receipt):
                await dossier.follow_up()
                return Answer(_same_request(sent.retry_key, fingerprint, receipt), replayed=True)
            case _:
                await self._moved(dossier)
                return None

    def _remember(self, dossier: Dossier) -> None:
        for stream, version in dossier.moved_to.items():
            before = self.states.peek(stream)
            if before is None or before.version != dossier.reads[stream]:
                continue
            events = [write.event for write in dossier.writes if write.stream == stream]
            self.states.remember(stream, Known(version, dossier.aggregates[stream].fold(events, before.state)))

    async def _moved(self, dossier: Dossier) -> bool:
        """Compare every stream read with the log, and catch up with those that moved."""
        heads, _ = await self.store.heads(dossier.reads.keys())
        moved = [stream for stream, version in dossier.reads.items() if heads[stream] != version]
        for stream in moved:
            await self.states.catch_up(dossier.aggregates[stream], stream)
        return bool(moved)

    async def _nothing_to_do(self, dossier: Dossier) -> Answer:
        await dossier.follow_up()
        _, position = await self.store.heads(())
        version = dossier.reads[_of(dossier.thing)]
        return Answer(Receipt(id=_of(dossier.thing_id), version=version, position=position, details=dossier.details))

    async def _turn_away(
        self, dossier: Dossier, origin: Origin, sent: Submission, asked: object, refusal: Exception
    ) -> Answer:
        """Raise the refusal, of rules once it is on record; an earlier answer under the same key comes first."""
        if not isinstance(refusal, RulesBroken):
            raise refusal
        if sent.retry_key is not None and (receipt := await self._earlier(sent.retry_key)) is not None:
            return Answer(receipt, replayed=True)
        about = dossier.about or [_of(dossier.thing)]
        aggregate: Aggregate[Any, Any] = dossier.aggregates[about[0]]
        beside = refusals_beside(about[0])
        fact = aggregate.events[f"{aggregate.name}.request-refused"]
        event: RequestRefused = fact(
            command=origin.command, asked=_without_persons(asked), broken=refusal.broken, about=tuple(about)
        )
        verdict = await self.store.append(
            Append(
                origin=origin,
                reads={},
                writes=(NewEvent(stream=beside, version=None, event=event),),
                thing=beside,
                thing_id=_of(dossier.thing_id),
            )
        )
        if not isinstance(verdict, Accepted):
            raise TooMany
        raise RefusedOnRecord(refusal.broken, verdict.receipt.position) from None

    async def _earlier(self, key: RetryKey) -> Receipt | None:
        found = await self.store.receipt(key)
        return None if found is None else _same_request(key, found.fingerprint, found.receipt)


def _same_request(key: RetryKey | None, fingerprint: bytes, receipt: Receipt) -> Receipt:
    if key is None or key.fingerprint != fingerprint:
        raise KeyReused
    return receipt


Given = TypeVar("Given")


def _of(value: Given | None) -> Given:
    if value is None:
        message = "the use case neither opened nor created a thing"
        raise LookupError(message)
    return value


def _without_persons(asked: object) -> dict[str, Any]:
    """Spread a command into its fields, leaving out whatever is personal."""
    if not is_dataclass(asked):
        message = f"a command is a dataclass, not {type(asked).__name__}"
        raise TypeError(message)
    given = {entry.name: getattr(asked, entry.name) for entry in fields(asked)}
    return {name: value for name, value in given.items() if value is not None and not _is_personal(value)}


def _is_personal(value: object) -> bool:
    """Tell whether a value is personal, or a group of values of which one is."""
    if isinstance(value, Personal):
        return True
    return is_dataclass(value) and any(isinstance(getattr(value, entry.name), Personal) for entry in fields(value))
