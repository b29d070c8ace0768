"""The register of attachments in the database: what is kept, who brought it, what names it, what has expired.

Times are the database's (`clock_timestamp()`), so that what one process keeps alive another one cannot take for old.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Final

from adapters.postgres.connection import Database
from adapters.postgres.read_models.reading import Views
from application.attachments.ports import Attachment, Naming, Registered
from application.kernel.ports import Clock, Unavailable
from domain.kernel.identifiers import AttachmentId, Subject

LEAST_TIME: Final = timedelta(minutes=10)
"""An unnamed attachment stays at least so long: many times what a command may take until it is appended."""

_MOST_AT_ONCE: Final = 1_000

_ANNOUNCE: Final = """
    with announced as (
        insert into attachments (id, media_type, size) values ($1, $2, $3)
        on conflict (id) do update set wanted_at = clock_timestamp()
        returning id, stored
    ), uploaded as (
        insert into attachment_uploads (attachment, subject, uploaded_at) select id, $4, $5 from announced
        on conflict do nothing
    )
    select stored from announced
"""
_ARRIVED: Final = "update attachments set stored = true, wanted_at = clock_timestamp() where id = $1 returning id"
_FIND: Final = """
    select a.media_type, a.size, array(select subject from attachment_uploads where attachment = a.id) as subjects
    from attachments as a where a.id = $1 and a.stored
"""
_NAMINGS: Final = """
    select distinct aggregate, thing_id from attachment_names where attachments @> jsonb_build_array($1::text)
    order by aggregate, thing_id
"""
# In one order, so that two commands that name the same ones wait for each other instead of locking each other out.
_WANT: Final = """
    with here as (select id from attachments where id = any ($1::text[]) and stored order by id for update)
    update attachments as a set wanted_at = clock_timestamp() from here where a.id = here.id returning a.id
"""

_HEAD: Final = "select position from log_head"
# Only so that those that are named need not be looked at again.
_KEEP: Final = """
    update attachments as a set kept = true
    where not a.kept and a.wanted_at < clock_timestamp() - $1::interval
        and exists (select from attachment_names as n where n.attachments @> jsonb_build_array(a.id))
"""
_UNNAMED: Final = """
    select a.id from attachments as a
    where not a.kept and a.wanted_at < clock_timestamp() - $1::interval
        and not exists (select from attachment_names as n where n.attachments @> jsonb_build_array(a.id))
    order by a.wanted_at limit $2
"""
_WITHDRAW: Final = """
    update attachments set stored = false
    where id = $1 and not kept and wanted_at < clock_timestamp() - $2::interval returning id
"""
_HOLD: Final = """
    select id from attachments
    where id = $1 and not kept and not stored and wanted_at < clock_timestamp() - $2::interval for update
"""
_STRIKE_OFF: Final = "delete from attachments where id = $1"


class PostgresAttachments:
    """Keeps the register; `caught_up` waits until the read models have reached a position."""

    def __init__(self, database: Database, clock: Clock, caught_up: Callable[[int | None], Awaitable[None]]) -> None:
        self._database = database
        self._views = Views(database)
        self._clock = clock
        self._caught_up = caught_up

    async def announce(self, attachment: Attachment, by: Subject) -> bool:
        """Note who brings an attachment, before its content is kept; True when the content is here already.

        Waits while the same one is being removed. Raises: Unavailable.
        """
        given = (attachment.id, attachment.media_type, attachment.size, by, self._clock.now())
        (announced,) = await self._database.fetch(_ANNOUNCE, *given)
        return bool(announced["stored"])

    async def arrived(self, attachment: AttachmentId) -> None:
        """Note that the content is kept.

        Raises: Unavailable, also when it took so long that it was given up meanwhile: upload it again.
        """
        if not await self._database.fetch(_ARRIVED, attachment):
            raise Unavailable(f"attachment {attachment} came too late")

    async def find(self, attachment: AttachmentId) -> Registered | None:
        """Answer an attachment whose content is kept.

        Raises: Unavailable.
        """
        for record in await self._database.fetch(_FIND, attachment):
            found = Attachment(id=attachment, media_type=record["media_type"], size=record["size"])
            return Registered(attachment=found, uploaded_by=frozenset(map(Subject, record["subjects"])))
        return None

    async def namings(self, attachment: AttachmentId) -> Sequence[Naming]:
        """Answer the things whose events name an attachment.

        Raises: ReadModelBehind, Unavailable.
        """
        records = await self._views.fetch(_NAMINGS, attachment)
        return [Naming(aggregate=record["aggregate"], thing_id=record["thing_id"]) for record in records]

    async def catch_up(self) -> None:
        """Wait until the read models have followed the log to its present end.

        Raises: ReadModelBehind, Unavailable.
        """
        (head,) = await self._database.fetch(_HEAD)
        await self._caught_up(head["position"])

    async def want(self, ids: Collection[AttachmentId]) -> frozenset[AttachmentId]:
        """Answer which of these are here, and let their time begin anew: a command is about to name them.

        Raises: Unavailable.
        """
        if not ids:
            return frozenset()
        return frozenset(AttachmentId(record["id"]) for record in await self._database.fetch(_WANT, list(ids)))

    async def unnamed(self, after: timedelta) -> Sequence[AttachmentId]:
        """Answer some whose time is over and that no event names.

        Whatever command was about to name one of these was so for longer ago than any command takes: its events stand
        before the head that is looked up here, and the read model is asked only once it has reached that.
        Raises: ReadModelBehind, Unavailable, ValueError.
        """
        if after < LEAST_TIME:
            raise ValueError(f"an unnamed attachment stays for at least {LEAST_TIME}, not {after}")
        await self.catch_up()
        await self._views.fetch(_KEEP, after)
        return [AttachmentId(record["id"]) for record in await self._views.fetch(_UNNAMED, after, _MOST_AT_ONCE)]

    async def withdraw(self, attachment: AttachmentId, after: timedelta) -> bool:
        """Let no command name it any more, unless its time has begun anew meanwhile: then False.

        Raises: Unavailable.
        """
        return bool(await self._database.fetch(_WITHDRAW, attachment, after))

    @asynccontextmanager
    async def removal(self, attachment: AttachmentId, after: timedelta) -> AsyncIterator[bool]:
        """Hold a withdrawn one by its row while its content is removed, and strike it off at the end.

        Raises: Unavailable.
        """
        async with self._database.reading() as connection, connection.transaction():
            is_due = bool(await connection.fetch(_HOLD, attachment, after))
            yield is_due
            if is_due:
                await connection.execute(_STRIKE_OFF, attachment)
