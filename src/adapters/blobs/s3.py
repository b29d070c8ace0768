"""Contents in an S3-compatible store, `prefix/ab/cd/abcd…` in one bucket."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, BinaryIO, Final
from urllib.parse import urlsplit

import structlog
from obstore.exceptions import BaseError
from obstore.store import S3Store

from application.attachments.ports import BlobsUnavailable, NoSuchBlob
from domain.kernel.identifiers import AttachmentId

if TYPE_CHECKING:
    from obstore import GetResult  # a name that the library has for type checkers only

_PIECE: Final = 256 * 1024
_CONNECT_SECONDS: Final = 5
_REQUEST_SECONDS: Final = 30
_PATIENCE: Final = timedelta(seconds=20)

_log: Final = structlog.get_logger(__name__)


class S3Blobs:
    """Keeps contents in a bucket, which must be there; an object appears whole or not at all."""

    def __init__(
        self,
        url: str,
        *,
        endpoint: str | None = None,
        region: str | None = None,
        access_key: str | None = None,
        secret_key: str | None = None,
    ) -> None:
        place = urlsplit(url)
        given: dict[str, Any] = {
            "endpoint": endpoint,
            "region": region,
            "access_key_id": access_key,
            "secret_access_key": secret_key,
        }
        self._store = S3Store(
            place.netloc,
            prefix=place.path.strip("/") or None,
            client_options={
                "allow_http": endpoint is not None and endpoint.startswith("http://"),
                "connect_timeout": f"{_CONNECT_SECONDS}s",
                "timeout": f"{_REQUEST_SECONDS}s",
            },
            retry_config={"max_retries": 2, "retry_timeout": _PATIENCE},
            **{name: value for name, value in given.items() if value is not None},
        )

    async def put(self, blob: AttachmentId, content: BinaryIO) -> None:
        """Keep a content, in one request.

        Raises: BlobsUnavailable.
        """
        content.seek(0)
        whole = await asyncio.to_thread(content.read)
        with _reaching():
            await self._store.put_async(_key(blob), whole, use_multipart=False)

    @asynccontextmanager
    async def opened(self, blob: AttachmentId) -> AsyncIterator[AsyncIterator[bytes]]:
        """Open a content.

        Raises: NoSuchBlob, BlobsUnavailable.
        """
        with _reaching():
            try:
                found = await self._store.get_async(_key(blob))
            except FileNotFoundError:
                _log.warning("the content of an attachment is not there", attachment=blob)
                raise NoSuchBlob from None
        yield _pieces(found)

    async def exists(self, blob: AttachmentId) -> bool:
        """Tell whether a content is there.

        Raises: BlobsUnavailable.
        """
        with _reaching():
            try:
                await self._store.head_async(_key(blob))
            except FileNotFoundError:
                return False
        return True

    async def delete(self, blob: AttachmentId) -> None:
        """Remove a content.

        Raises: BlobsUnavailable.
        """
        with _reaching():
            await self._store.delete_async(_key(blob))


def _key(blob: AttachmentId) -> str:
    return f"{blob[:2]}/{blob[2:4]}/{blob}"


async def _pieces(found: "GetResult") -> AsyncIterator[bytes]:
    with _reaching():
        async for piece in found.stream(min_chunk_size=_PIECE):
            yield bytes(piece)


@contextmanager
def _reaching() -> Iterator[None]:
    """Tell what the store or the way to it answers as one thing; a bucket that is missing is no content that is."""
    try:
        yield
    except (BaseError, OSError) as error:
        _log.warning("contents cannot be reached", error=str(error))
        raise BlobsUnavailable(str(error)) from error
