"""The project's own files, as the architecture tests read them."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from domain.kernel.rules import Rule

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src"
LAYERS = ("domain", "application", "adapters", "api")
CACHES = frozenset({"__pycache__", "node_modules", "htmlcov", "build", "dist"})


def python_files(folder: Path) -> list[Path]:
    """List the Python files below a folder."""
    return sorted(folder.rglob("*.py"))


def parsed(path: Path) -> ast.Module:
    """Parse a file; positions in the tree name the file's lines."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, node: ast.AST) -> str:
    """Name the place of a node as editors do, `src/domain/x.py:12`."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def modules(package: str) -> Iterator[ModuleType]:
    """Import every module of a layer."""
    root = importlib.import_module(package)
    yield root
    for found in pkgutil.walk_packages(root.__path__, prefix=f"{package}."):
        yield importlib.import_module(found.name)


def named_rules() -> dict[str, Rule[object]]:
    """Gather the rules of the domain under the names by which code and tests call them."""
    return {
        name: value
        for module in modules("domain")
        for name, value in vars(module).items()
        if isinstance(value, Rule) and not name.startswith("_")
    }


def text_files() -> Iterator[Path]:
    """List what belongs to the project and can be read as text: no environment, no cache, no data of a running city."""
    folders = [path for path in sorted(ROOT.iterdir()) if path.is_dir() and not path.name.startswith(".")]
    loose = [path for path in sorted(ROOT.iterdir()) if path.is_file() and path.name != ".env"]
    below = [path for folder in [*folders, ROOT / ".ci"] for path in sorted(folder.rglob("*")) if path.is_file()]
    for path in [*loose, *below]:
        if CACHES.isdisjoint(path.relative_to(ROOT).parts) and b"\0" not in path.read_bytes():
            yield path
