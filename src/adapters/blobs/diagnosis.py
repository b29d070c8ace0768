"""The place of attachments as an operator finds it; looking makes none."""

import os
import stat
from typing import Final

from adapters.blobs.places import BlobPlace, blobs_at
from application.attachments.ports import BlobsUnavailable
from application.kernel.diagnosis import Diagnosis, broken, well
from domain.kernel.identifiers import AttachmentId

_SUBJECT: Final = "attachments"
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_NONE: Final = AttachmentId("0" * 64)


async def look_at_place(place: BlobPlace) -> Diagnosis:
    """Tell whether attachments can be kept, and whether others can read them."""
    return _look_at_folder(place) if place.url is None else await _look_at_store(place, place.url)


def _look_at_folder(place: BlobPlace) -> Diagnosis:
    folder = place.folder
    if not folder.exists():
        return well(_SUBJECT, f"{folder} is made when the first one comes")
    mode = folder.stat().st_mode
    if not stat.S_ISDIR(mode) or not os.access(folder, os.W_OK | os.X_OK):
        return broken(_SUBJECT, f"{folder} is no folder that can be written", "give it to the user who serves")
    if mode & _OTHERS:
        return broken(_SUBJECT, f"{folder} is open to others ({stat.filemode(mode)})", f"chmod 700 {folder}")
    return well(_SUBJECT, f"{folder}, for its owner only")


async def _look_at_store(place: BlobPlace, url: str) -> Diagnosis:
    try:
        await blobs_at(place).exists(_NONE)
    except BlobsUnavailable as error:
        says = str(error).partition("\n")[0]
        return broken(_SUBJECT, f"{url} cannot be reached: {says}", "check endpoint, region, keys and the network")
    return well(_SUBJECT, f"{url} answers")
