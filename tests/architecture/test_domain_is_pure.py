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
CLOCK = frozenset({"now", "utcnow", "today", "time_ns", "monotonic", "perf_counter"})
CHANCE = frozenset({"uuid1", "uuid4", "random", "token_bytes", "token_hex", "urandom"})
OUTSIDE = frozenset({"open", "print", "input", "exec", "eval", "breakpoint", "__import__"})


def called(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Attribute(attr=name) | ast.Name(id=name):
                    yield node, name


def imported(tree: ast.Module) -> Iterator[tuple[ast.stmt, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node, name.name.partition(".")[0]) for name in names)
            case ast.ImportFrom(module=str(module)):
                yield node, module.partition(".")[0]


def forbidden_calls(tree: ast.Module, names: frozenset[str]) -> list[ast.AST]:
    return [node for node, name in called(tree) if name in names]


def forbidden_imports(tree: ast.Module, allowed: frozenset[str]) -> list[ast.AST]:
    return [node for node, name in imported(tree) if name not in allowed]


def places(layer: str, forbidden: frozenset[str]) -> list[str]:
    return [
        place(path, node) for path in python_files(SRC / layer) for node in forbidden_calls(parsed(path), forbidden)
    ]


def places_of_imports(layer: str, allowed: frozenset[str]) -> list[str]:
    return [
        place(path, node) for path in python_files(SRC / layer) for node in forbidden_imports(parsed(path), allowed)
    ]


@pytest.mark.parametrize("layer", ["domain", "application"])
def test_time_comes_in_as_an_argument_or_through_a_port(layer: str) -> None:
    assert places(layer, CLOCK) == []


@pytest.mark.parametrize("layer", ["domain", "application"])
def test_identities_come_in_as_arguments_or_through_a_port(layer: str) -> None:
    assert places(layer, CHANCE) == []


@pytest.mark.parametrize("layer", ["domain", "application"])
def test_nothing_outside_is_touched(layer: str) -> None:
    assert places(layer, OUTSIDE) == []


def test_the_domain_imports_itself_stdnum_and_the_pure_part_of_the_standard_library() -> None:
    assert places_of_imports("domain", PURE_LIBRARY | {"domain", "stdnum"}) == []


def test_the_application_imports_the_domain_and_the_standard_library() -> None:
    allowed = frozenset(sys.stdlib_module_names) - {"logging", "random", "secrets", "socket", "subprocess"}
    assert places_of_imports("application", allowed | {"application", "domain"}) == []


@pytest.mark.parametrize(
    ("code", "forbidden"),
    [
        ("from datetime import datetime\ndatetime.now()", CLOCK),
        ("import datetime as d\nd.date.today()", CLOCK),
        ("from uuid import uuid4\nuuid4()", CHANCE),
        ("open('x')", OUTSIDE),
    ],
)
def test_a_forbidden_call_is_seen(code: str, forbidden: frozenset[str]) -> None:
    assert forbidden_calls(ast.parse(code), forbidden)


@pytest.mark.parametrize("code", ["import os.path", "from random import choice", "import decimal, asyncio"])
def test_a_forbidden_import_is_seen(code: str) -> None:
    assert forbidden_imports(ast.parse(code), PURE_LIBRARY)


def test_every_layer_was_read() -> None:
    assert python_files(SRC / "domain")
    assert python_files(SRC / "application")
