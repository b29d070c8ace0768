"""What the doctor says of the place of attachments; it makes none."""

from pathlib import Path

import pytest

from adapters.blobs.diagnosis import look_at_place
from adapters.blobs.places import BlobPlace, blobs_at
from application.kernel.diagnosis import Verdict
from tests.adapters.blobs.contents import put
from tests.adapters.blobs.server import place_in_s3


def entries(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def open_to_others(folder: Path) -> Path:
    folder.chmod(0o750)
    return folder


async def test_a_folder_that_is_not_there_yet_is_well_and_is_not_made(tmp_path: Path) -> None:
    place = BlobPlace(folder=tmp_path / "blobs")
    assert (await look_at_place(place)).verdict is Verdict.OK
    assert entries(tmp_path) == []


async def test_a_folder_as_it_is_made_is_well(tmp_path: Path) -> None:
    place = BlobPlace(folder=tmp_path / "blobs")
    await put(blobs_at(place), b"photo")
    assert (await look_at_place(place)).verdict is Verdict.OK


async def test_a_folder_that_others_can_read_is_not_well(tmp_path: Path) -> None:
    found = await look_at_place(BlobPlace(folder=open_to_others(tmp_path)))
    assert (found.verdict, found.advice) == (Verdict.FAIL, f"chmod 700 {tmp_path}")


async def test_what_is_no_folder_is_not_well(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert (await look_at_place(BlobPlace(folder=tmp_path / "file"))).verdict is Verdict.FAIL


async def test_a_store_that_answers_is_well(s3_server: str) -> None:
    assert (await look_at_place(place_in_s3(s3_server))).verdict is Verdict.OK


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:1"])
async def test_a_store_out_of_reach_is_not_well(endpoint: str) -> None:
    found = await look_at_place(place_in_s3(endpoint))
    assert found.verdict is Verdict.FAIL
    assert "\n" not in found.says
