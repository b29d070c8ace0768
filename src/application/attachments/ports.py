"""What attachments need from outside: a place for contents, and a register of what is there."""

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO, Protocol
from uuid import UUID

from domain.kernel.errors import NoSuchThing
from domain.kernel.identifiers import AttachmentId, Subject


class NoSuchBlob(NoSuchThing):
    """There is no content under this hash."""


class BlobsUnavailable(Exception):
    """The contents cannot be reached or written now; nothing was kept, and trying again is safe."""


class Blobs(Protocol):
    """Contents under their SHA-256: written whole or not at all, never changed."""

    async def put(self, blob: AttachmentId, content: BinaryIO) -> None:
        """Keep a content, from its beginning, so that it outlives a crash; what is there already is written again.

        Raises: BlobsUnavailable.
        """

    def opened(self, blob: AttachmentId) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """Open a content to be read piece by piece.

        Raises, when it is entered: NoSuchBlob, BlobsUnavailable.
        """

    async def exists(self, blob: AttachmentId) -> bool:
        """Tell whether a content is there.

        Raises: BlobsUnavailable.
        """

    async def delete(self, blob: AttachmentId) -> None:
        """Remove a content; one that is not there is no hindrance.

        Raises: BlobsUnavailable.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A photo or a document: the hash of its content, its type by content, its size in bytes."""

    id: AttachmentId
    media_type: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """A thing whose events name an attachment: `licence` and its id."""

    aggregate: str
    thing_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """An attachment with those who have uploaded it."""

    attachment: Attachment
    uploaded_by: frozenset[Subject]


class Register(Protocol):
    """Which attachments are here, and who brought them; every method raises Unavailable."""

    async def announce(self, attachment: Attachment, by: Subject) -> bool:
        """Note who brings an attachment, before its content is kept; True when the content is here already.

        From here on its time to expire begins anew.
        """

    async def arrived(self, attachment: AttachmentId) -> None:
        """Note that the content is kept: commands may name it."""

    async def find(self, attachment: AttachmentId) -> Registered | None:
        """Answer an attachment whose content is kept."""

    async def namings(self, attachment: AttachmentId) -> Sequence[Naming]:
        """Answer the things whose events name an attachment, from a read model.

        Raises: ReadModelBehind.
        """

    async def catch_up(self) -> None:
        """Wait until the read models have followed the log to its present end.

        Raises: ReadModelBehind.
        """

    async def want(self, ids: Collection[AttachmentId]) -> frozenset[AttachmentId]:
        """Answer which of these are here, and let their time begin anew: a command is about to name them."""


class Expiring(Protocol):
    """The register as expiry works on it; every method raises Unavailable.

    `after` is for how long an attachment stays that nothing names: counted, by the database's clock, from when it was
    last uploaded or a command was last about to name it.
    """

    async def unnamed(self, after: timedelta) -> Sequence[AttachmentId]:
        """Answer some whose time is over and that no event names, in a state of the log that is read to its end.

        Raises: ReadModelBehind, ValueError when `after` is so short that a command on its way could be overtaken.
        """

    async def withdraw(self, attachment: AttachmentId, after: timedelta) -> bool:
        """Let no command name it any more, unless its time has begun anew meanwhile: then False."""

    def removal(self, attachment: AttachmentId, after: timedelta) -> AbstractAsyncContextManager[bool]:
        """Hold a withdrawn one while its content is removed, and strike it off at the end.

        Whoever uploads it again waits. False when that has happened before: then it stays.
        """
