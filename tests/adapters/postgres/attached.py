"""A town with attachments: who uploads, what names them, and time that passes."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Final
from uuid import uuid4

from adapters.blobs.folder import FolderBlobs
from adapters.postgres.attachments import PostgresAttachments
from adapters.postgres.read_models.attachment_names import ATTACHMENT_NAMES
from application.attachments.expiring import expire_unnamed
from application.attachments.uploading import UploadingAttachment
from application.kernel.attachments import ids_among
from application.kernel.callers import Caller, Role
from domain.kernel.identifiers import AttachmentId, LicenceId, Subject
from domain.licensing.folding import LICENCE
from tests.adapters.postgres.read_models.town import Town
from tests.application.attachments.contents import PNG
from tests.domain.licensing.assessment import deducted
from tests.domain.licensing.practice import opened

DAY: Final = timedelta(days=1)
CLERK: Final = Caller(subject=Subject("clerk"), role=Role.MUNICIPAL)
RESIDENT: Final = Caller(subject=Subject("resident"), role=Role.RESIDENT)

_numbers = count()


def photo() -> bytes:
    """Another photo."""
    return PNG + str(next(_numbers)).encode()


def hash_of(content: bytes) -> AttachmentId:
    return AttachmentId(sha256(content).hexdigest())


class Attached:
    """The register of a town, its contents in a folder, and read models that follow when they are waited for."""

    def __init__(self, town: Town, folder: Path) -> None:
        self.town = town
        self.blobs = FolderBlobs(folder)
        self.register = PostgresAttachments(town.database, town.clock, self.follow)
        self.uploading = UploadingAttachment(self.register, self.blobs)

    async def follow(self, _: int | None = None) -> None:
        """Let the names follow the log to its end."""
        await self.town.follow(self.town.following(ATTACHMENT_NAMES))

    async def upload(self, content: bytes | None = None, by: Caller = CLERK) -> AttachmentId:
        return (await self.uploading(by, BytesIO(photo() if content is None else content))).id

    async def name(self, *attachments: str) -> LicenceId:
        """Let an event name them, whether they are known or not."""
        return await self.charge(attachments, attachments=ids_among(attachments))

    async def charge(self, evidence: tuple[str, ...], *, attachments: tuple[AttachmentId, ...] | None) -> LicenceId:
        """Let an event have this evidence, of which these were found to be attachments."""
        licence_id = LicenceId(uuid4())
        event = replace(deducted(points=1), evidence=evidence, attachments=attachments)
        await self.town.tell(LICENCE, licence_id, opened(), event)
        return licence_id

    async def time_passes(self, by: timedelta) -> None:
        """Let all that has happened so far have happened earlier."""
        await self.town.direct.execute("update attachments set wanted_at = wanted_at - $1::interval", by)

    async def expire(self, after: timedelta = DAY) -> int:
        return await expire_unnamed(self.register, self.blobs, after)

    async def is_here(self, attachment: AttachmentId) -> bool:
        """Tell whether it can be named and read; either both or neither."""
        found = await self.register.find(attachment) is not None
        kept = await self.town.direct.fetchval("select stored from attachments where id = $1", attachment)
        assert found == bool(kept)
        assert not found or await self.blobs.exists(attachment)
        return found

    async def left(self) -> int:
        """Count the rows of the register."""
        counted: int = await self.town.direct.fetchval("select count(*) from attachments")
        return counted
