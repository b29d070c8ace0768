"""What holds of every place for contents, in a folder and on a real S3-compatible server."""

from io import BytesIO

import pytest

from application.attachments.ports import Blobs, NoSuchBlob
from tests.adapters.blobs.contents import hash_of, put, whole

LARGE = bytes(range(256)) * (40 * 1024)


@pytest.mark.parametrize("content", [b"photo", LARGE], ids=["small", "10 MiB"])
async def test_what_is_put_is_read(blobs: Blobs, content: bytes) -> None:
    blob = await put(blobs, content)
    assert await blobs.exists(blob)
    assert await whole(blobs, blob) == content


async def test_a_content_is_put_from_its_beginning_wherever_it_was_read_to(blobs: Blobs) -> None:
    content = BytesIO(b"photo")
    content.read()
    await blobs.put(hash_of(b"photo"), content)
    assert await whole(blobs, hash_of(b"photo")) == b"photo"


async def test_putting_again_changes_nothing(blobs: Blobs) -> None:
    assert await put(blobs, b"photo") == await put(blobs, b"photo")
    assert await whole(blobs, hash_of(b"photo")) == b"photo"


async def test_what_is_not_there_is_said_so(blobs: Blobs) -> None:
    await put(blobs, b"another")
    assert not await blobs.exists(hash_of(b"photo"))
    with pytest.raises(NoSuchBlob):
        await whole(blobs, hash_of(b"photo"))


async def test_what_is_deleted_is_gone_and_may_be_deleted_again(blobs: Blobs) -> None:
    blob, other = await put(blobs, b"photo"), await put(blobs, b"another")
    await blobs.delete(blob)
    await blobs.delete(blob)
    assert not await blobs.exists(blob)
    assert await whole(blobs, other) == b"another"


async def test_what_was_deleted_can_be_put_again(blobs: Blobs) -> None:
    blob = await put(blobs, b"photo")
    await blobs.delete(blob)
    await put(blobs, b"photo")
    assert await whole(blobs, blob) == b"photo"
