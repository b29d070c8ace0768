"""Every place for contents, empty."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.blobs.places import BlobPlace, blobs_at
from application.attachments.ports import Blobs
from tests.adapters.blobs.server import in_s3, s3_running


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of a server that speaks S3, with a bucket `contents`."""
    with s3_running() as address:
        yield address


@pytest.fixture(params=["folder", "s3"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    if request.param == "folder":
        return blobs_at(BlobPlace(folder=tmp_path / "blobs"))
    return in_s3(request.getfixturevalue("s3_server"), prefix=f"/{tmp_path.name}")
