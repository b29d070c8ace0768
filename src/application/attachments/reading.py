"""Reading an attachment: who may read a thing that names it may read it too."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from application.attachments.ports import Attachment, Blobs, Register
from application.attachments.readers import Readers
from application.kernel.callers import Caller
from domain.kernel.errors import NoSuchThing
from domain.kernel.identifiers import AttachmentId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingAttachment:
    """Find an attachment for one of its readers."""

    register: Register
    readers: Readers
    blobs: Blobs

    async def __call__(self, caller: Caller, attachment: AttachmentId) -> Attachment:
        """Answer the attachment when the caller may read it.

        Raises: NoSuchThing, ReadModelBehind, Unavailable.
        """
        found = await self.register.find(attachment)
        if found is None or not await self.readers.include(caller, found):
            raise NoSuchThing
        return found.attachment

    def opened(self, attachment: AttachmentId) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """Open the content, piece by piece, of an attachment that the caller was found to be allowed to read.

        Raises, when it is entered: NoSuchThing, BlobsUnavailable.
        """
        return self.blobs.opened(attachment)
