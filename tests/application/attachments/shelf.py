"""A register of attachments in memory, whose read model follows the log only when it is waited for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from application.attachments.ports import Attachment, Naming, Registered
from domain.kernel.identifiers import AttachmentId, Subject


@dataclass
class Shelf:
    """What was uploaded by whom, what names it, and what a command was about to name."""

    uploads: dict[AttachmentId, frozenset[Subject]] = field(default_factory=dict)
    named: dict[AttachmentId, list[Naming]] = field(default_factory=dict)
    yet_to_follow: dict[AttachmentId, list[Naming]] = field(default_factory=dict)
    wanted: set[AttachmentId] = field(default_factory=set)
    expiring: set[AttachmentId] = field(default_factory=set)

    def bring(self, attachment: AttachmentId, *by: Subject) -> None:
        self.uploads[attachment] = self.uploads.get(attachment, frozenset()) | frozenset(by)

    def name(self, attachment: AttachmentId, aggregate: str, thing_id: UUID) -> None:
        """Append an event that names an attachment; it is seen once the log is followed."""
        naming = Naming(aggregate=aggregate, thing_id=thing_id)
        self.yet_to_follow.setdefault(attachment, []).append(naming)

    async def announce(self, attachment: Attachment, by: Subject) -> bool:
        is_here = attachment.id in self.uploads
        self.bring(attachment.id, by)
        return is_here

    async def arrived(self, attachment: AttachmentId) -> None:
        assert attachment in self.uploads

    async def find(self, attachment: AttachmentId) -> Registered | None:
        if attachment not in self.uploads:
            return None
        found = Attachment(id=attachment, media_type="image/png", size=1)
        return Registered(attachment=found, uploaded_by=self.uploads[attachment])

    async def namings(self, attachment: AttachmentId) -> Sequence[Naming]:
        return self.named.get(attachment, [])

    async def catch_up(self) -> None:
        for attachment, namings in self.yet_to_follow.items():
            self.named.setdefault(attachment, []).extend(namings)
        self.yet_to_follow.clear()

    async def want(self, ids: Collection[AttachmentId]) -> frozenset[AttachmentId]:
        here = frozenset(ids) & self.uploads.keys() - self.expiring
        self.wanted |= here
        return here
