"""Contents in an S3-compatible store: where they lie, what is said when it is out of reach, and who pays for it."""

import subprocess
import sys
from io import BytesIO

import pytest
from obstore.store import S3Store

from application.attachments.ports import BlobsUnavailable
from tests.adapters.blobs.contents import hash_of, put, whole
from tests.adapters.blobs.server import in_s3

BLOB = hash_of(b"photo")


async def test_contents_lie_below_the_prefix(s3_server: str) -> None:
    await put(in_s3(s3_server, prefix="/some/where"), b"photo")
    bucket = S3Store(
        "contents",
        endpoint=s3_server,
        region="us-east-1",
        access_key_id="test",
        secret_access_key="test",
        client_options={"allow_http": True},
    )
    found = await bucket.get_async(f"some/where/{BLOB[:2]}/{BLOB[2:4]}/{BLOB}")
    assert bytes(await found.bytes_async()) == b"photo"


async def test_a_bucket_may_have_no_prefix(s3_server: str) -> None:
    blobs = in_s3(s3_server, prefix="")
    assert await whole(blobs, await put(blobs, b"photo")) == b"photo"


async def test_a_missing_bucket_is_no_place(s3_server: str) -> None:
    with pytest.raises(BlobsUnavailable):
        await put(in_s3(s3_server, bucket="missing"), b"photo")


async def test_a_store_out_of_reach_is_said_to_be_so() -> None:
    blobs = in_s3("http://127.0.0.1:1")
    with pytest.raises(BlobsUnavailable):
        await blobs.put(BLOB, BytesIO(b"photo"))
    with pytest.raises(BlobsUnavailable):
        await whole(blobs, BLOB)
    with pytest.raises(BlobsUnavailable):
        await blobs.exists(BLOB)
    with pytest.raises(BlobsUnavailable):
        await blobs.delete(BLOB)


def test_a_service_that_keeps_its_contents_in_a_folder_never_loads_the_library() -> None:
    code = (
        "import sys; from pathlib import Path; import api.compose; "
        "from adapters.blobs.places import BlobPlace, blobs_at; blobs_at(BlobPlace(folder=Path('x'))); "
        "print('obstore' in sys.modules); blobs_at(BlobPlace(folder=Path('x'), url='s3://bucket')); "
        "print('obstore' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False", "True"]
