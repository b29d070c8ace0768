"""Attachments: a file goes in and an id comes out; by the id the file comes back."""

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import PlainValidator, WithJsonSchema
from starlette.datastructures import UploadFile
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.http.answers import plainly
from api.http.asking import Asking
from api.http.checked_route import CheckedRoute, Kind
from api.http.encoding import plain
from api.http.resources import PREFIX, Resource
from api.http.sentences import refused
from api.http.uploads import FORM, UploadRoute
from application.attachments.attachments import Attachments
from application.attachments.kinds import suffix_of
from application.attachments.ports import Attachment
from application.attachments.reading import ReadingAttachment
from application.kernel.attachments import is_attachment_id
from application.kernel.permissions import Operation
from application.use_cases import Queries
from domain.kernel.identifiers import AttachmentId as Hash

attachments: Final = Resource("/attachments", tag="attachments")

_PATH: Final = PREFIX + "/attachments"
_KEPT_SECONDS: Final = 3_600
_SHORT: Final = 8


def _hash(value: object) -> Hash:
    if not isinstance(value, str) or not is_attachment_id(value):
        raise refused("必须是 64 位小写十六进制的 SHA-256", "must be a SHA-256 in 64 hexadecimal digits, in lower case")
    return Hash(value)


AttachmentId = Annotated[Hash, PlainValidator(_hash), WithJsonSchema({"type": "string", "pattern": "^[0-9a-f]{64}$"})]
"""The id of an attachment: the SHA-256 of its content."""


async def upload_attachment(request: Asking) -> Response:
    """Keep a photo or a document of at most 10 MiB, its type told by its content.

    Commands name it by the `id`. What nothing names is removed after a day.
    """
    file: UploadFile = request.parsed
    return plainly(await request.part(Attachments).upload(request.caller, file.file))


async def read_attachment(request: Asking, attachment_id: AttachmentId) -> Response:
    """Read an attachment: whoever may read what names it, and who has uploaded it while nothing does."""
    await request.part(Queries).caught_up(request.min_position)
    read = request.part(Attachments).read
    return Download(await read(request.caller, attachment_id), read)


class Download(Response):
    """A file to be saved, never to be opened in the page: it comes from anybody."""

    def __init__(self, attachment: Attachment, read: ReadingAttachment) -> None:
        super().__init__(headers=_headers(attachment), media_type=attachment.media_type)
        self._attachment = attachment
        self._read = read

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the content as it comes from its place.

        Raises: NoSuchThing, BlobsUnavailable before anything is sent.
        """
        del scope, receive
        async with self._read.opened(self._attachment.id) as pieces:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            async for piece in pieces:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})


def _headers(attachment: Attachment) -> Mapping[str, str]:
    name = f"{attachment.id[:_SHORT]}.{suffix_of(attachment.media_type)}"
    return {
        "Content-Length": str(attachment.size),
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "ETag": f'"{attachment.id}"',
        "Cache-Control": f"private, max-age={_KEPT_SECONDS}, immutable",
    }


attachments.routes += [
    UploadRoute(
        _PATH,
        upload_attachment,
        operation=Operation.ATTACH,
        kind=Kind.UPLOAD,
        methods=["POST"],
        tags=["attachments"],
        shown=plain(Attachment),
        openapi_extra=FORM,
    ),
    CheckedRoute(
        _PATH + "/{attachment_id}",
        read_attachment,
        operation=Operation.READ_ATTACHMENTS,
        kind=Kind.FILE,
        methods=["GET"],
        tags=["attachments"],
    ),
]
