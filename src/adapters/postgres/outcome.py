"""What became of a batch whose connection was lost: asked of the log, once nothing of it can be added any more."""

import asyncio
from collections.abc import Sequence
from typing import Final
from uuid import UUID

import asyncpg
import msgspec

from adapters.postgres.commands import Command, replayed_receipt
from adapters.postgres.connection import Connection, Database
from adapters.postgres.failures import lost_connection
from application.kernel.ports import Accepted, Replayed, Verdict

_LOOKUP_SECONDS: Final = 5.0
_PAUSE_SECONDS: Final = 0.1
_CHUNK: Final = 5_000

_ABANDON: Final = "select abandon_batch($1)"
_WRITTEN: Final = (
    "select position, stream, version, metadata from events where position > $1 and position <= $2 "
    "order by position limit $3"
)
_RECEIPTS: Final = (
    "select digest, fingerprint, thing_id, version, position, details::text as details from receipts "
    "where digest = any($1::bytea[])"
)
_VERSION: Final = "select coalesce(max(version), 0) from events where stream = $1 and position <= $2"


class _Named(msgspec.Struct):
    command_id: UUID


_NAMED: Final = msgspec.json.Decoder(_Named)


async def outcomes(database: Database, batch: UUID, known: int, commands: Sequence[Command]) -> list[Verdict | None]:
    """Answer the verdict of each command of a lost batch; None for one of which the log holds nothing and never will.

    `known` is a position that the log had reached before the batch was sent. Tries for five seconds.
    Raises: whatever kept it from the database.
    """
    give_up_at = asyncio.get_running_loop().time() + _LOOKUP_SECONDS
    while True:
        try:
            async with asyncio.timeout_at(give_up_at):
                connection = await database.connect(purpose="guanjia outcome")
                try:
                    return await _outcomes(connection, batch, known, commands)
                finally:
                    connection.terminate()
        except Exception as error:
            if not lost_connection(error) or asyncio.get_running_loop().time() + _PAUSE_SECONDS > give_up_at:
                raise
        await asyncio.sleep(_PAUSE_SECONDS)


async def _outcomes(
    connection: Connection, batch: UUID, known: int, commands: Sequence[Command]
) -> list[Verdict | None]:
    # The head lock is held here: a commit on its way is waited for, and one that comes later is refused.
    head: int = await connection.fetchval(_ABANDON, batch)
    ids = {command.append.origin.command_id for command in commands}
    written: dict[UUID, list[asyncpg.Record]] = {}
    after = known
    while rows := await connection.fetch(_WRITTEN, after, head, _CHUNK):
        for row in rows:
            if (name := _command_of(row["metadata"])) in ids:
                written.setdefault(name, []).append(row)
        after = rows[-1]["position"]
    digests = [command.digest for command in commands if command.digest is not None]
    receipts = {row["digest"]: row for row in await connection.fetch(_RECEIPTS, digests)}
    return [
        await _verdict(connection, command, written.get(command.append.origin.command_id), receipts)
        for command in commands
    ]


async def _verdict(
    connection: Connection,
    command: Command,
    events: Sequence[asyncpg.Record] | None,
    receipts: dict[bytes, asyncpg.Record],
) -> Verdict | None:
    if events:
        position, thing = events[-1]["position"], command.append.thing
        versions = [row["version"] for row in events if row["stream"] == thing]
        version = versions[-1] if versions else await connection.fetchval(_VERSION, thing, position)
        return Accepted(command.receipt(version, position))
    if command.digest in receipts:
        row = receipts[command.digest]
        receipt = replayed_receipt(row["thing_id"], row["version"], row["position"], row["details"])
        return Replayed(row["fingerprint"], receipt)
    return None


def _command_of(metadata: bytes) -> UUID | None:
    try:
        return _NAMED.decode(metadata).command_id
    except msgspec.MsgspecError:  # a foreign event's metadata may be anything
        return None
