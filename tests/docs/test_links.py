"""Links between documents lead somewhere, and the folders that a document names are there."""

import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.docs.documents import DOCUMENTS, QUOTED, named, text

LINK = re.compile(r"\]\(([^)\s]+)\)")
OUR_PATH = re.compile(r"(?:src|tests|docs|\.ci)(?:/[\w.-]+)+/?")


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_relative_links_resolve(document: Path) -> None:
    targets = [target.partition("#")[0] for target in LINK.findall(text(document)) if "://" not in target]
    assert [target for target in targets if target and not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_named_files_exist(document: Path) -> None:
    paths = [quoted for quoted in QUOTED.findall(text(document)) if OUR_PATH.fullmatch(quoted)]
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_there_are_documents_with_links() -> None:
    assert any(LINK.search(text(document)) for document in DOCUMENTS)
