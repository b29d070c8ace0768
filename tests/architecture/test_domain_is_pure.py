"""The domain decides from what it is given: it has no clock, draws no chance and touches nothing outside itself."""

import ast
import sys
from collections.abc import Iterator

import pytest

from tests.architecture.sources import SRC, parsed, place, python_files

# What the domain may take from the standard library; a new name here is a decision.
PURE_LIBRARY = frozenset({
    "abc", "calendar", "collections", "dataclasses", "datetime", "decimal", "enum", "functools", "hashlib",
    "itertools", "operator", "re", "types", "typing", "unicodedata", "uuid", "zoneinfo",
})  # fmt: skip
IMPURE_LIBRARY = frozenset({"logging", "os", "random", "secrets", "socket", "subprocess", "time"})

# Written as they are called; a port's `clock.now()` is another thing than `datetime.now()`.
CLOCK = frozenset({"datetime.now", "datetime.utcnow", "datetime.today", "date.today"})
CHANCE = frozenset({"uuid1", "uuid4", "uuid.uuid1", "uuid.uuid4"})
OUTSIDE = frozenset({"open", "print", "input", "exec", "eval", "breakpoint", "__import__"})


def calls(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Find every call with its name and, in `a.b.c()`, the name before it: `b.c`."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)):
                yield node, name
            case ast.Call(func=ast.Attribute(attr=name, value=ast.Name(id=of) | ast.Attribute(attr=of))):
                yield node, f"{of}.{name}"


def imports(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Find every import with the top of what it names."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node, name.name.partition(".")[0]) for name in names)
            case ast.ImportFrom(module=str(module)):
                yield node, module.partition(".")[0]


def renamed(tree: ast.Module) -> Iterator[ast.AST]:
    """Find clocks and identities that are imported under another name, where `calls` would not know them."""
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module="datetime" | "uuid", names=names):
                yield from (name for name in names if name.asname)


def forbidden(tree: ast.Module, names: frozenset[str]) -> list[ast.AST]:
    return [node for node, name in calls(tree) if name in names]


def not_allowed(tree: ast.Module, allowed: frozenset[str]) -> list[ast.AST]:
    return [node for node, name in imports(tree) if name not in allowed]


@pytest.mark.parametrize("layer", ["domain", "application"])
@pytest.mark.parametrize("names", [CLOCK, CHANCE, OUTSIDE], ids=["clock", "chance", "outside"])
def test_time_identity_and_the_world_come_in_as_arguments_or_through_a_port(layer: str, names: frozenset[str]) -> None:
    files = python_files(SRC / layer)
    assert files
    assert [place(path, node) for path in files for node in forbidden(parsed(path), names)] == []
    assert [place(path, node) for path in files for node in renamed(parsed(path))] == []


def test_the_domain_imports_itself_stdnum_and_the_pure_part_of_the_standard_library() -> None:
    allowed = PURE_LIBRARY | {"domain", "stdnum"}
    files = python_files(SRC / "domain")
    assert [place(path, node) for path in files for node in not_allowed(parsed(path), allowed)] == []


def test_the_application_imports_the_domain_and_the_standard_library() -> None:
    allowed = (frozenset(sys.stdlib_module_names) - IMPURE_LIBRARY) | {"application", "domain"}
    files = python_files(SRC / "application")
    assert [place(path, node) for path in files for node in not_allowed(parsed(path), allowed)] == []


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("from datetime import datetime\ndatetime.now()", CLOCK),
        ("import datetime as d\nd.date.today()", CLOCK),
        ("from uuid import uuid4\nuuid4()", CHANCE),
        ("import uuid\nuuid.uuid1()", CHANCE),
        ("open('x')", OUTSIDE),
    ],
)
def test_a_forbidden_call_is_seen(code: str, names: frozenset[str]) -> None:
    assert forbidden(ast.parse(code), names)


@pytest.mark.parametrize("code", ["import os.path", "from random import choice", "import decimal, asyncio"])
def test_a_forbidden_import_is_seen(code: str) -> None:
    assert not_allowed(ast.parse(code), PURE_LIBRARY)


def test_a_clock_under_another_name_is_seen() -> None:
    assert list(renamed(ast.parse("from datetime import datetime as moment")))
