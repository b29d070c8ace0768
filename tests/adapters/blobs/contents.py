"""Contents with their hashes, and short ways to put and read them."""

from hashlib import sha256
from io import BytesIO

from application.attachments.ports import Blobs
from domain.kernel.identifiers import AttachmentId


def hash_of(content: bytes) -> AttachmentId:
    return AttachmentId(sha256(content).hexdigest())


async def put(blobs: Blobs, content: bytes) -> AttachmentId:
    blob = hash_of(content)
    await blobs.put(blob, BytesIO(content))
    return blob


async def whole(blobs: Blobs, blob: AttachmentId) -> bytes:
    async with blobs.opened(blob) as pieces:
        return b"".join([piece async for piece in pieces])
