"""Everything that can be done with attachments, in one place."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from application.attachments.reading import ReadingAttachment
from application.attachments.uploading import UploadingAttachment
from application.kernel.attachments import AttachmentsKnown


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachments:
    """What the world can ask, what use cases ask, and what a worker does from time to time.

    `expire` removes what nothing has named for long enough, and answers how many that were; it raises ReadModelBehind,
    Unavailable and BlobsUnavailable, after which the next run goes on.
    """

    upload: UploadingAttachment
    read: ReadingAttachment
    known: AttachmentsKnown
    expire: Callable[[], Awaitable[int]]
