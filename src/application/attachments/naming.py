"""Naming an attachment in a command: whoever names one lets others read it, so it takes more than to know its id."""

from collections.abc import Collection
from dataclasses import dataclass

from application.attachments.ports import Register
from application.attachments.readers import Readers
from application.kernel.callers import Caller
from domain.kernel.identifiers import AttachmentId


@dataclass(frozen=True, slots=True, kw_only=True)
class NamingAttachments:
    """Find out which attachments a caller may name: what it has uploaded, and what it may read."""

    register: Register
    readers: Readers

    async def known(self, ids: Collection[AttachmentId], to: Caller) -> frozenset[AttachmentId]:
        """Answer which of these are here and known to a caller, and let their time begin anew.

        Before one is turned away, what names it is read up to the end of the log: to name what one has just been shown
        is no mistake. What is not there at all takes as long, so that nobody is told by it whether it is.
        Raises: ReadModelBehind, Unavailable.
        """
        if not ids:
            return frozenset()
        known = await self._known(ids, to)
        if unknown := frozenset(ids) - known:
            await self.register.catch_up()
            known |= await self._known(unknown, to)
        return await self.register.want(known)

    async def _known(self, ids: Collection[AttachmentId], to: Caller) -> frozenset[AttachmentId]:
        return frozenset([attachment for attachment in ids if await self._is_known(attachment, to)])

    async def _is_known(self, attachment: AttachmentId, to: Caller) -> bool:
        found = await self.register.find(attachment)
        return found is not None and (to.subject in found.uploaded_by or await self.readers.include(to, found))
