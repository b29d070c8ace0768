"""The shortest contents of each type."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(20)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
GIF = b"GIF89a" + bytes(20)
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(20)
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(20)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def archive(*names: str, comment: bytes = b"") -> bytes:
    """An archive with these entries."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as file:
        for name in names:
            file.writestr(name, "<x/>")
        file.comment = comment
    return written.getvalue()


DOCX = archive("[Content_Types].xml", "_rels/.rels", "word/document.xml")
XLSX = archive("xl/workbook.xml", "[Content_Types].xml")
