"""Contents in a folder: `ab/cd/abcd…`, each written beside its place, brought to the disk, and moved there at once."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

import structlog

from application.attachments.ports import BlobsUnavailable, NoSuchBlob
from domain.kernel.identifiers import AttachmentId

INCOMING: Final = "incoming"
"""Where contents are written before they are moved to their place; what a crash leaves here belongs to nobody."""

_PIECE: Final = 256 * 1024
_OWNER_ONLY: Final = 0o700

_log: Final = structlog.get_logger(__name__)


class FolderBlobs:
    """Keeps contents below one folder, which is made when the first one comes; for their owner only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def place_of(self, blob: AttachmentId) -> Path:
        """Answer the file of a content."""
        return self._folder / blob[:2] / blob[2:4] / blob

    async def put(self, blob: AttachmentId, content: BinaryIO) -> None:
        """Keep a content so that it outlives a crash.

        Raises: BlobsUnavailable.
        """
        await asyncio.to_thread(self._put, blob, content)

    def _put(self, blob: AttachmentId, content: BinaryIO) -> None:
        place, incoming = self.place_of(blob), self._folder / INCOMING
        with _reaching():
            for folder in (incoming, place.parent):
                _make(folder)
            descriptor, written = tempfile.mkstemp(dir=incoming, prefix=blob[:8])
            try:
                with os.fdopen(descriptor, "wb") as file:
                    content.seek(0)
                    shutil.copyfileobj(content, file, _PIECE)
                    file.flush()
                    os.fsync(file.fileno())
                Path(written).replace(place)
            except BaseException:
                with suppress(FileNotFoundError):
                    Path(written).unlink()
                raise
            _keep_entries(place.parent)

    @asynccontextmanager
    async def opened(self, blob: AttachmentId) -> AsyncIterator[AsyncIterator[bytes]]:
        """Open a content.

        Raises: NoSuchBlob, BlobsUnavailable.
        """
        file = await asyncio.to_thread(self._open, blob)
        try:
            yield _pieces(file)
        finally:
            file.close()

    def _open(self, blob: AttachmentId) -> BinaryIO:
        with _reaching():
            try:
                return self.place_of(blob).open("rb")
            except FileNotFoundError:
                _log.warning("the content of an attachment is not there", attachment=blob)
                raise NoSuchBlob from None

    async def exists(self, blob: AttachmentId) -> bool:
        """Tell whether a content is there."""
        return await asyncio.to_thread(self.place_of(blob).is_file)

    async def delete(self, blob: AttachmentId) -> None:
        """Remove a content.

        Raises: BlobsUnavailable.
        """
        await asyncio.to_thread(self._delete, blob)

    def _delete(self, blob: AttachmentId) -> None:
        place = self.place_of(blob)
        with _reaching():
            try:
                place.unlink()
            except FileNotFoundError:
                return
            _keep_entries(place.parent)


async def _pieces(file: BinaryIO) -> AsyncIterator[bytes]:
    while piece := await asyncio.to_thread(file.read, _PIECE):
        yield piece


@contextmanager
def _reaching() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        _log.warning("contents cannot be reached", error=str(error))
        raise BlobsUnavailable(str(error)) from error


def _make(folder: Path) -> None:
    """Make a folder and bring its name to the disk, from the outermost that is missing inward."""
    if folder.is_dir():
        return
    _make(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(mode=_OWNER_ONLY)
        _keep_entries(folder.parent)


def _keep_entries(folder: Path) -> None:
    """Bring to the disk which names a folder holds."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
