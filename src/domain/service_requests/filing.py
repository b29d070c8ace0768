"""Filing a request: what is reported, and by when it is to be answered and done."""

from dataclasses import dataclass
from datetime import datetime

from domain.kernel.identifiers import AttachmentId, ProjectId
from domain.service_requests.events import Reporter
from domain.service_requests.words import Category, Channel, Kind, Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRequest:
    """Report something to a project's service.

    Only a repair chooses its category; another kind's is the kind itself, given or not. Without a channel it is that of
    the role that files. `reference` is the number in the system that an import takes it from: once each and project.
    """

    project_id: ProjectId
    unit: str
    kind: Kind
    category: Category | None
    priority: Priority
    description: str
    reporter: Reporter
    channel: Channel | None = None
    major: bool = False
    attachments: tuple[AttachmentId, ...] = ()
    reference: str | None = None
    occurred_at: datetime | None = None
