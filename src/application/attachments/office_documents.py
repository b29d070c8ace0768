"""Telling an office document (ECMA-376) from any other archive, without unpacking it."""

import struct
from collections.abc import Collection
from io import SEEK_END
from typing import BinaryIO, Final
from zipfile import BadZipFile, ZipFile

ZIP: Final = b"PK\x03\x04"

_TYPES: Final = "[Content_Types].xml"
_MACROS: Final = "vbaProject.bin"
_END: Final = struct.Struct("<4s4H2LH")
_END_MARK: Final = b"PK\x05\x06"
_ZIP64_MARK: Final = b"PK\x06\x07"
_LONGEST_COMMENT: Final = 0xFFFF
_LARGEST_DIRECTORY: Final = 1024 * 1024


def office_part(content: BinaryIO, parts: Collection[str]) -> str | None:
    """Answer which of these main parts an office document has; None for any other archive, and for one with macros."""
    if not 0 < _directory_size(content) <= _LARGEST_DIRECTORY:
        return None
    try:
        with ZipFile(content) as archive:
            names = frozenset(archive.namelist())
    except (BadZipFile, ValueError, NotImplementedError, OSError, struct.error):
        return None
    if _TYPES not in names or any(name.endswith(_MACROS) for name in names):
        return None
    return next((part for part in parts if part in names), None)


def _directory_size(content: BinaryIO) -> int:
    """Answer how many bytes the archive's directory has, before it is read; 0 when it cannot be told.

    Archives beyond 4 GiB (ZIP64), which say it elsewhere, are none that could be attached.
    """
    size = content.seek(0, SEEK_END)
    content.seek(max(0, size - _LONGEST_COMMENT - _END.size))
    tail = content.read()
    at = tail.rfind(_END_MARK)
    if at < 0 or at + _END.size > len(tail) or _ZIP64_MARK in tail:
        return 0
    directory_size: int = _END.unpack_from(tail, at)[5]
    return directory_size
