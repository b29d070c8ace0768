"""What may be attached is told by content."""

from io import BytesIO

import pytest

from application.attachments import kinds
from application.attachments.kinds import KINDS, Kind, kind_of, suffix_of
from tests.application.attachments.contents import DOCX, GIF, HEIC, JPEG, PDF, PNG, WEBP, XLSX, archive


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (JPEG, kinds.JPEG),
        (PNG, kinds.PNG),
        (GIF, kinds.GIF),
        (GIF.replace(b"89", b"87"), kinds.GIF),
        (WEBP, kinds.WEBP),
        (HEIC, kinds.HEIC),
        (HEIC.replace(b"ftypheic", b"ftypheix"), kinds.HEIC),
        (PDF, kinds.PDF),
        (DOCX, kinds.DOCX),
        (XLSX, kinds.XLSX),
    ],
)
def test_photos_and_documents_are_told_by_their_beginning(content: bytes, kind: Kind) -> None:
    assert kind_of(BytesIO(content)) is kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8",
        b"just a text",
        b"<html><script>alert(1)</script></html>",
        b'<?xml version="1.0"?><svg onload="alert(1)"/>',
        b" %PDF-1.7",
        b"MZ\x90\x00" + bytes(60),
        b"\x7fELF" + bytes(60),
        b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(20),
        b"\x00\x00\x00\x18ftypmp42" + bytes(20),
        b"\x00\x00\x00\x18ftypavif" + bytes(20),
        b"PK\x03\x04",
        b"PK\x03\x04" + bytes(100),
        DOCX[:-10],
        archive("word/document.xml"),
        archive("[Content_Types].xml", "ppt/presentation.xml"),
        archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        archive("META-INF/MANIFEST.MF", "Main.class"),
    ],
)
def test_anything_else_may_not_be_attached(content: bytes) -> None:
    assert kind_of(BytesIO(content)) is None


def test_a_document_with_a_long_comment_is_still_one() -> None:
    commented = archive("[Content_Types].xml", "word/document.xml", comment=b"x" * 60_000)
    assert kind_of(BytesIO(commented)) is kinds.DOCX


def test_an_archive_with_a_huge_directory_is_not_looked_through() -> None:
    huge = archive("[Content_Types].xml", "word/document.xml", *(f"{nth:05}" + "x" * 200 for nth in range(4_500)))
    assert kind_of(BytesIO(huge)) is None


@pytest.mark.parametrize("place", [8, 10, 12, 16])
@pytest.mark.parametrize("value", [b"\xff\xff", b"\x00\x00"])
def test_a_directory_that_lies_about_itself_does_no_harm(place: int, value: bytes) -> None:
    end = len(DOCX) - 22 + place
    lying = DOCX[:end] + value + DOCX[end + 2 :]
    assert kind_of(BytesIO(lying)) in {None, kinds.DOCX}


def test_every_kind_has_an_ending_of_its_own() -> None:
    assert len({suffix_of(kind.media_type) for kind in KINDS}) == len(KINDS)
