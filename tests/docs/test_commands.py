"""What a document asks its reader to type exists: make targets, commands, settings, calls."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from api.cli import app
from tests.architecture.sources import ROOT
from tests.docs.documents import DOCUMENTS, FENCED, commands, named, text

MAKE = re.compile(r"(?:^|\s)make ([a-z][a-z-]*)")
TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)
GUANJIA = re.compile(r"(?:^|[\s(/])guanjia ([a-z]+)((?: +(?:\[?--?[a-z][a-z-]*|[^\s`)|#]+))*)")
OPTION = re.compile(r"--[a-z][a-z-]*")


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


def options_of_commands() -> dict[str, set[str]]:
    """Name every command with its options, those of its own commands included."""
    group = typer.main.get_group(app)
    return {name: {"--help", *options(command)} for name, command in group.commands.items()}


def options(command: Any) -> Iterator[str]:
    for parameter in command.params:
        yield from (option for option in parameter.opts if option.startswith("--"))
    for inner in getattr(command, "commands", {}).values():
        yield from options(inner)


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_named_commands_and_their_options_exist(document: Path) -> None:
    known = options_of_commands()
    asked = [found for command in commands(document) for found in GUANJIA.findall(command.partition(" # ")[0])]
    assert {command for command, _ in asked} <= known.keys()
    assert [(command, said) for command, said in asked if not set(OPTION.findall(said)) <= known[command]] == []


def test_the_readmes_list_every_command() -> None:
    for readme in ("README.md", "README.zh-CN.md"):
        asked = {name for command in commands(ROOT / readme) for name, _ in GUANJIA.findall(command)}
        assert asked == options_of_commands().keys()
