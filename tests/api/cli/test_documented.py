"""Every `guanjia` command line that a document asks its reader to type is one that there is."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer

from api.cli import app
from tests.architecture.sources import ROOT
from tests.docs.documents import DOCUMENTS, commands, named

LINE = re.compile(r"(?:^|[\s(/])guanjia ([a-z][^#`;|)]*)")
FILES = [*DOCUMENTS, ROOT / "Makefile"]


def lines(path: Path) -> list[list[str]]:
    typed = path.read_text(encoding="utf-8").splitlines() if path.name == "Makefile" else commands(path)
    return [shlex.split(found) for line in typed for found in LINE.findall(line)]


@pytest.mark.parametrize("document", FILES, ids=named)
def test_documented_commands_and_options_exist(document: Path) -> None:
    for words in lines(document):
        command: Any = typer.main.get_command(app)
        while words and words[0] in getattr(command, "commands", {}):
            command = command.commands[words.pop(0)]
        assert not hasattr(command, "commands"), f"guanjia {' '.join(words)}"
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known | {"--help"}


def test_documents_ask_for_every_command() -> None:
    asked = {words[0] for document in DOCUMENTS for words in lines(document)}
    assert asked >= set(getattr(typer.main.get_command(app), "commands"))  # noqa: B009 - click's groups only have it
