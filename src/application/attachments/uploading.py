"""Uploading an attachment: its content is kept once, whoever brings it."""

import asyncio
import hashlib
from dataclasses import dataclass
from io import SEEK_END
from typing import BinaryIO

from application.attachments.kinds import KINDS, kind_of
from application.attachments.ports import Attachment, Blobs, Register
from application.kernel.callers import Caller
from application.kernel.permissions import Operation, require_role
from domain.kernel.errors import Unacceptable
from domain.kernel.identifiers import AttachmentId

POINTER = "/file"


@dataclass(frozen=True, slots=True)
class UploadingAttachment:
    """Keep a photo or a document, and register who brought it.

    It is registered before it is kept and may be named after: whatever fails in between, nothing is kept that the
    register does not know, and nothing can be named that is not kept.
    """

    register: Register
    blobs: Blobs

    async def __call__(self, caller: Caller, content: BinaryIO) -> Attachment:
        """Answer the attachment as it is registered.

        Raises: Forbidden, Unacceptable (empty, or of a type that may not be attached), Unavailable, BlobsUnavailable.
        """
        require_role(caller, Operation.ATTACH)
        attachment = await asyncio.to_thread(_described, content)
        if not await self.register.announce(attachment, caller.subject):
            await self.blobs.put(attachment.id, content)
            await self.register.arrived(attachment.id)
        return attachment


def _described(content: BinaryIO) -> Attachment:
    kind = kind_of(content)
    size = content.seek(0, SEEK_END)
    content.seek(0)
    digest = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type] # it reads and takes buffers
    if not size:
        raise Unacceptable(POINTER, zh="文件不得为空", en="must not be empty")
    if kind is None:
        names = [kind.name for kind in KINDS]
        raise Unacceptable(
            POINTER,
            zh=f"按内容必须是以下类型之一：{'、'.join(names)}",
            en=f"must be, by its content, one of {', '.join(names)}",
        )
    return Attachment(id=AttachmentId(digest), media_type=kind.media_type, size=size)
