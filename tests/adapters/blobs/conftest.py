"""A real S3-compatible server, and every place for contents, empty."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from adapters.blobs.places import BlobPlace, blobs_at
from application.attachments.ports import Blobs

_READY = "Running on "


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of a server that speaks S3, with a bucket `contents`."""
    command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            said = []
            for line in server.stderr:
                said.append(line)
                if _READY in line:
                    break
            assert _READY in said[-1], "".join(said)
            address = said[-1].split(_READY)[1].strip()
            with urlopen(Request(f"{address}/contents", method="PUT"), timeout=10) as made:  # noqa: S310 - our own server
                assert made.status == 200
            yield address
        finally:
            server.kill()


def place_in_s3(endpoint: str, bucket: str = "contents", prefix: str = "/attachments") -> BlobPlace:
    return BlobPlace(
        folder=Path("/nowhere"),
        url=f"s3://{bucket}{prefix}",
        endpoint=endpoint,
        region="us-east-1",
        access_key="test",
        secret_key="test",
    )


def in_s3(endpoint: str, bucket: str = "contents", prefix: str = "/attachments") -> Blobs:
    return blobs_at(place_in_s3(endpoint, bucket, prefix))


@pytest.fixture(params=["folder", "s3"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    if request.param == "folder":
        return blobs_at(BlobPlace(folder=tmp_path / "blobs"))
    return in_s3(request.getfixturevalue("s3_server"), prefix=f"/{tmp_path.name}")
