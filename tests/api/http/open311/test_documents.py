"""One document in both formats."""

import json
from typing import Final
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.http.open311.documents import Document, Entry, Format, Many, written

ATTRIBUTE: Final[Entry] = {
    "variable": True,
    "required": False,
    "order": 1,
    "note": None,
    "values": Many("value", [{"key": "a"}]),
}
DEFINITION: Final = Document("service_definition", {"code": "minor", "attributes": Many("attribute", [ATTRIBUTE])})


def xml(document: Document) -> ET.Element:
    return ET.fromstring(written(document, Format.XML))  # noqa: S314 - our own text


def test_json_has_lists_numbers_and_null() -> None:
    assert json.loads(written(DEFINITION, Format.JSON)) == {
        "code": "minor",
        "attributes": [{"variable": True, "required": False, "order": 1, "note": None, "values": [{"key": "a"}]}],
    }


def test_xml_has_an_element_for_every_entry_and_an_empty_one_for_what_is_not_there() -> None:
    assert written(DEFINITION, Format.XML).decode() == (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        "<service_definition><code>minor</code><attributes><attribute><variable>true</variable>"
        "<required>false</required><order>1</order><note /><values><value><key>a</key></value></values></attribute>"
        "</attributes></service_definition>"
    )


def test_a_list_is_a_list_in_json_and_stands_in_its_root_in_xml() -> None:
    document = Document("services", Many("service", [{"code": "a"}, {"code": "b"}]))
    assert json.loads(written(document, Format.JSON)) == [{"code": "a"}, {"code": "b"}]
    assert [each.findtext("code") for each in xml(document).findall("service")] == ["a", "b"]
    assert json.loads(written(Document("services", Many("service", [])), Format.JSON)) == []


@pytest.mark.parametrize("text", ["</note><note>", "&lt;", "]]>", "<!DOCTYPE a>", "\"'", "花园 <一期> & Co"])
def test_text_stays_text(text: str) -> None:
    root = xml(Document("notes", {"note": text}))
    assert [(each.tag, each.text) for each in root] == [("note", text)]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_name_makes_a_document_that_can_be_read(text: str) -> None:
    note = xml(Document("notes", {"note": text})).find("note")
    assert note is not None
    assert len(note.text or "") == len(text.replace("\r\n", "\n"))


def test_what_xml_has_no_character_for_is_replaced() -> None:
    assert xml(Document("notes", {"note": "a\x00b\x0b\uffffc\ud800"})).findtext("note") == "a\ufffdb\ufffd\ufffdc\ufffd"
