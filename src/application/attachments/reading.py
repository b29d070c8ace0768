"""Reading an attachment: who may read a thing that names it may read it too."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from application.attachments.ports import Attachment, Blobs, Naming, Register
from application.kernel.callers import Caller
from application.kernel.permissions import Operation, Thing, reaches
from domain.kernel.errors import NoSuchThing
from domain.kernel.identifiers import AttachmentId


@dataclass(frozen=True, slots=True, kw_only=True)
class Readable:
    """What a reader of one kind of thing must be allowed, and how the scope of such a thing is found."""

    operation: Operation
    scope: Callable[[Any], Awaitable[Thing | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingAttachment:
    """Find an attachment for a caller; `readable` says for each kind of thing who may read what it names.

    While nothing names it, only those who have uploaded it find it.
    """

    register: Register
    blobs: Blobs
    readable: Mapping[str, Readable]

    async def __call__(self, caller: Caller, attachment: AttachmentId) -> Attachment:
        """Answer the attachment when the caller may read it.

        Raises: NoSuchThing, ReadModelBehind, Unavailable.
        """
        found = await self.register.find(attachment)
        if found is None:
            raise NoSuchThing
        namings = await self.register.namings(attachment)
        if not namings and caller.subject in found.uploaded_by:
            return found.attachment
        for naming in namings:
            if await self._may_read(caller, naming):
                return found.attachment
        raise NoSuchThing

    async def _may_read(self, caller: Caller, naming: Naming) -> bool:
        readable = self.readable.get(naming.aggregate)
        if readable is None:
            return False
        thing = await readable.scope(naming.thing_id)
        return thing is not None and reaches(caller, readable.operation, thing)

    def opened(self, attachment: AttachmentId) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """Open the content, piece by piece, of an attachment that the caller was found to be allowed to read.

        Raises, when it is entered: NoSuchThing, BlobsUnavailable.
        """
        return self.blobs.opened(attachment)
