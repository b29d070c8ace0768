"""What may be attached, told by content: the first bytes of photos and documents."""

from dataclasses import dataclass
from typing import BinaryIO, Final

from application.attachments.office_documents import ZIP, office_part


@dataclass(frozen=True, slots=True)
class Kind:
    """One type of content: its media type, the ending of its file names, what people call it."""

    media_type: str
    suffix: str
    name: str


JPEG: Final = Kind("image/jpeg", "jpg", "JPEG")
PNG: Final = Kind("image/png", "png", "PNG")
GIF: Final = Kind("image/gif", "gif", "GIF")
WEBP: Final = Kind("image/webp", "webp", "WebP")
HEIC: Final = Kind("image/heic", "heic", "HEIC")
PDF: Final = Kind("application/pdf", "pdf", "PDF")
DOCX: Final = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", "DOCX")
XLSX: Final = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", "XLSX")

KINDS: Final = (JPEG, PNG, GIF, WEBP, HEIC, PDF, DOCX, XLSX)
"""Everything that may be attached. What a browser would run when it opens it (HTML, SVG, macros) is not among them."""

_BEGINNINGS: Final = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"%PDF-", PDF),
)
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis"})
_OFFICE: Final = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_SUFFIXES: Final = {kind.media_type: kind.suffix for kind in KINDS}
_LONGEST_BEGINNING: Final = 16


def kind_of(content: BinaryIO) -> Kind | None:
    """Tell the type of a content from its bytes, whatever its name says; None for what may not be attached."""
    content.seek(0)
    head = content.read(_LONGEST_BEGINNING)
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return HEIC
    if head.startswith(ZIP):
        return _OFFICE.get(office_part(content, _OFFICE) or "")
    return None


def suffix_of(media_type: str) -> str:
    """Answer the ending of a file name, without its dot."""
    return _SUFFIXES.get(media_type, "bin")
