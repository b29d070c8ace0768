"""The documents and what they name."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import ROOT

DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]

FENCED = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
QUOTED = re.compile(r"`([^`\n]+)`")


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def commands(path: Path) -> Iterator[str]:
    """Find what a reader is asked to type: every line of a shell block, and what stands in backquotes."""
    for block in FENCED.findall(text(path)):
        yield from block.splitlines()
    yield from QUOTED.findall(FENCED.sub("", text(path)))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))
