"""What is answered, as values, and how it is written in either format of GeoReport: JSON or XML."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Union
from xml.etree import ElementTree as ET

import orjson
from starlette.responses import Response

from api.http.language import Language


class Format(StrEnum):
    """The format that a path ends in."""

    JSON = "json"
    XML = "xml"


@dataclass(frozen=True, slots=True)
class Many:
    """A list; in XML each entry is an element of the name `each`."""

    each: str
    entries: Sequence["Entry"]


Value = Union[str, int, bool, Many, None]  # noqa: UP007 - `Entry` below stands for itself in quotes
Entry = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole answer; `root` is the name of the element around it in XML."""

    root: str
    content: Many | Entry


_MEDIA_TYPES: Final = {Format.JSON: "application/json; charset=utf-8", Format.XML: "text/xml; charset=utf-8"}
# All that XML 1.0 has no character for; names may come from imports, which take any text.
_NO_CHARACTER: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def answer(
    document: Document,
    form: Format,
    language: Language,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Write a document as an answer."""
    usual = {"Content-Language": language, "Vary": "Accept-Language", "Cache-Control": "no-store"}
    return Response(written(document, form), status, {**usual, **(headers or {})}, _MEDIA_TYPES[form])


def written(document: Document, form: Format) -> bytes:
    """Write a document in a format, in UTF-8."""
    if form is Format.JSON:
        return orjson.dumps(_plain(document.content))
    root = ET.Element(document.root)
    _fill(root, document.content)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _plain(value: Value | Entry) -> Any:  # noqa: ANN401 - any JSON value
    match value:
        case Many():
            return [_plain(entry) for entry in value.entries]
        case Mapping():
            return {name: _plain(held) for name, held in value.items()}
        case _:
            return value


def _fill(element: ET.Element, value: Value | Entry) -> None:
    """Write a value into an element; what is not there leaves it empty."""
    match value:
        case Many():
            for entry in value.entries:
                _fill(ET.SubElement(element, value.each), entry)
        case Mapping():
            for name, held in value.items():
                _fill(ET.SubElement(element, name), held)
        case bool():
            element.text = "true" if value else "false"
        case None:
            pass
        case _:
            element.text = _NO_CHARACTER.sub("\ufffd", str(value))
