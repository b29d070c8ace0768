"""A real S3-compatible server of this machine."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.request import Request, urlopen

from adapters.blobs.places import BlobPlace, blobs_at
from application.attachments.ports import Blobs

BUCKET: Final = "contents"
REGION: Final = "us-east-1"
KEY: Final = "test"

_READY: Final = "Running on "


@contextmanager
def s3_running() -> Iterator[str]:
    """Answer the address of a server that speaks S3, with one bucket."""
    command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            said = []
            for line in server.stderr:
                said.append(line)
                if _READY in line:
                    break
            assert said, "it said nothing"
            assert _READY in said[-1], "".join(said)
            address = said[-1].split(_READY)[1].strip()
            with urlopen(Request(f"{address}/{BUCKET}", method="PUT"), timeout=10) as made:  # noqa: S310 - our own server
                assert made.status == 200
            yield address
        finally:
            server.kill()


def place_in_s3(endpoint: str, bucket: str = BUCKET, prefix: str = "/attachments") -> BlobPlace:
    return BlobPlace(
        folder=Path("/nowhere"),
        url=f"s3://{bucket}{prefix}",
        endpoint=endpoint,
        region=REGION,
        access_key=KEY,
        secret_key=KEY,
    )


def in_s3(endpoint: str, bucket: str = BUCKET, prefix: str = "/attachments") -> Blobs:
    return blobs_at(place_in_s3(endpoint, bucket, prefix))
