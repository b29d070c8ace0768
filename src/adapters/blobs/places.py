"""Which place for contents an installation has."""

from dataclasses import dataclass
from pathlib import Path

from adapters.blobs.folder import FolderBlobs
from application.attachments.ports import Blobs


@dataclass(frozen=True, slots=True, kw_only=True)
class BlobPlace:
    """A folder, or an address `s3://bucket/prefix` with what it takes to reach the store.

    What is None here is found in the environment under the names that all S3 tools read (`AWS_ACCESS_KEY_ID`, …).
    """

    folder: Path
    url: str | None = None
    endpoint: str | None = None
    region: str | None = None
    access_key: str | None = None
    secret_key: str | None = None


def blobs_at(place: BlobPlace) -> Blobs:
    """Answer the contents at a place; nothing is made or reached yet."""
    if place.url is None:
        return FolderBlobs(place.folder)
    from adapters.blobs.s3 import S3Blobs  # noqa: PLC0415 - a service that keeps its contents in a folder never loads it

    return S3Blobs(
        place.url,
        endpoint=place.endpoint,
        region=place.region,
        access_key=place.access_key,
        secret_key=place.secret_key,
    )
