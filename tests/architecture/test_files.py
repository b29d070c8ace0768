"""Files stay small, and every layer says in its first sentence what it may import."""

import ast

import pytest

from tests.architecture.sources import LAYERS, ROOT, SRC, parsed, python_files

MOST_LINES = 300


def test_no_file_outgrows_its_one_idea() -> None:
    lengths = {path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(SRC)}
    assert lengths
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_states_its_import_rule(layer: str) -> None:
    sentence = ast.get_docstring(parsed(SRC / layer / "__init__.py"))
    assert sentence
    assert "imports" in sentence


def test_the_layers_are_all_there_is() -> None:
    folders = {path.name for path in SRC.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == set(LAYERS)


def test_every_test_folder_is_a_package() -> None:
    """So that `tests/domain` never shadows `domain`."""
    folders = {path.parent for path in python_files(ROOT / "tests")}
    assert {folder for folder in folders if not (folder / "__init__.py").exists()} == set()
