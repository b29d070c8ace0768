"""What a document asks its reader to type exists: make targets, commands, settings, calls."""

import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.docs.documents import DOCUMENTS, FENCED, commands, named, text

MAKE = re.compile(r"(?:^|\s)make ([a-z][a-z-]*)")
TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_named_targets_are_in_the_makefile(document: Path) -> None:
    targets = set(TARGET.findall(text(ROOT / "Makefile")))
    asked = {target for command in commands(document) for target in MAKE.findall(command.partition("#")[0])}
    assert asked <= targets


def test_every_target_says_what_it_does() -> None:
    makefile = text(ROOT / "Makefile")
    helped = set(re.findall(r"^([a-z][a-z-]*):.*## \S", makefile, re.MULTILINE))
    assert set(TARGET.findall(makefile)) - helped == {"venv", "moved"}


def test_both_readmes_ask_for_the_same_commands() -> None:
    english, chinese = (
        [
            line.partition(" #")[0].rstrip().replace("Accept-Language: zh-CN", "Accept-Language: en")
            for block in FENCED.findall(text(ROOT / readme))
            for line in block.splitlines()
        ]
        for readme in ("README.md", "README.zh-CN.md")
    )
    assert english
    assert english == chinese
