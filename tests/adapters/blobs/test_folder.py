"""Contents in a folder: in their place whole or not at all, and for their owner only."""

import os
import stat
from io import BytesIO
from pathlib import Path

import pytest

from adapters.blobs.folder import INCOMING, FolderBlobs
from application.attachments.ports import BlobsUnavailable
from tests.adapters.blobs.contents import hash_of, put, whole


class Breaking(BytesIO):
    """A content that breaks off in the middle."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise OSError(28, "No space left on device")
        return super().read(2 if size is None or size < 0 else min(size, 2))


def files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


async def test_contents_are_spread_over_two_levels_of_folders(tmp_path: Path) -> None:
    blob = await put(FolderBlobs(tmp_path), b"photo")
    assert (tmp_path / blob[:2] / blob[2:4] / blob).read_bytes() == b"photo"
    assert list((tmp_path / INCOMING).iterdir()) == []


async def test_a_content_that_breaks_off_leaves_nothing_behind(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    with pytest.raises(BlobsUnavailable, match="No space left"):
        await blobs.put(hash_of(b"photo"), Breaking(b"photo"))
    assert files(tmp_path) == []


async def test_a_content_that_breaks_off_leaves_the_one_that_is_there(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    blob = await put(blobs, b"photo")
    with pytest.raises(BlobsUnavailable):
        await blobs.put(blob, Breaking(b"photo"))
    assert await whole(blobs, blob) == b"photo"


async def test_nobody_else_may_look(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path / "blobs")
    blob = await put(blobs, b"photo")
    made = [tmp_path / "blobs", *(tmp_path / "blobs").rglob("*")]
    assert blobs.place_of(blob) in made
    assert {stat.S_IMODE(each.stat().st_mode) & 0o077 for each in made} == {0}


async def test_a_folder_out_of_reach_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    blobs = FolderBlobs(tmp_path / "file")
    blob = hash_of(b"photo")
    with pytest.raises(BlobsUnavailable):
        await blobs.put(blob, BytesIO(b"photo"))
    with pytest.raises(BlobsUnavailable):
        await whole(blobs, blob)
    with pytest.raises(BlobsUnavailable):
        await blobs.delete(blob)


async def test_a_content_and_its_name_are_brought_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    real = os.fsync

    def noted(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").resolve().relative_to(tmp_path).as_posix())
        real(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    blob = await put(FolderBlobs(tmp_path), b"photo")
    folder = f"{blob[:2]}/{blob[2:4]}"
    assert synced[-2].startswith(f"{INCOMING}/")
    assert synced[-1] == folder
    assert set(synced[:-2]) == {".", blob[:2]}  # the names of the folders that were made
