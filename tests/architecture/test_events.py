"""Events are for ever: frozen, slotted, keyword-only values with explicit stored names, in files of their own."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import is_dataclass
from inspect import get_annotations
from pathlib import Path

import pytest

from domain.kernel.aggregate import Aggregate
from tests.architecture.sources import SRC, modules, parsed, place, python_files

EVENT_FILES = [path for path in python_files(SRC / "domain") if path.stem.endswith("events")]
STORED_NAME = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*")


def is_an_enumeration(node: ast.ClassDef) -> bool:
    return any(isinstance(base, ast.Name) and base.id.endswith("Enum") for base in node.bases)


def is_a_frozen_fact(node: ast.ClassDef) -> bool:
    said = {
        keyword.arg
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == "dataclass"
        for keyword in decorator.keywords
        if isinstance(keyword.value, ast.Constant) and keyword.value.value is True
    }
    return {"frozen", "slots", "kw_only"} <= said


def aggregates() -> Iterator[Aggregate[object, object]]:
    seen = {id(value): value for module in modules("domain") for value in vars(module).values()}
    yield from (value for value in seen.values() if isinstance(value, Aggregate))


@pytest.mark.parametrize("path", EVENT_FILES, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_every_event_is_a_frozen_slotted_keyword_only_dataclass(path: Path) -> None:
    classes = [node for node in parsed(path).body if isinstance(node, ast.ClassDef) and not is_an_enumeration(node)]
    assert [place(path, node) for node in classes if not is_a_frozen_fact(node)] == []


def test_every_event_stands_in_an_events_file_of_its_context() -> None:
    elsewhere = [
        f"{event.__module__}.{event.__qualname__}"
        for aggregate in aggregates()
        for event in aggregate.events.values()
        if not event.__module__.endswith("events") and not event.__module__.startswith("domain.kernel.")
    ]
    assert elsewhere == []


def test_every_event_belongs_to_an_aggregate_or_is_carried_by_one_that_does() -> None:
    stored = {event for aggregate in aggregates() for event in aggregate.events.values()}
    events = {
        value
        for module in modules("domain")
        if module.__name__.endswith("events")
        for value in vars(module).values()
        if isinstance(value, type) and value.__module__ == module.__name__ and is_dataclass(value)
    }
    carried = " ".join(str(kind) for event in stored for kind in get_annotations(event).values())
    loose = {event for event in events - stored if event.__name__ not in re.findall(r"\w+", carried)}
    assert {f"{event.__module__}.{event.__qualname__}" for event in loose} == set()


def test_stored_names_are_explicit_and_their_own() -> None:
    names = [(name, event) for aggregate in aggregates() for name, event in aggregate.events.items()]
    assert [name for name, _ in names if not STORED_NAME.fullmatch(name)] == []
    assert [name for name, count in Counter(name for name, _ in set(names)).items() if count > 1] == []


def test_there_are_events() -> None:
    assert EVENT_FILES
    assert any(aggregate.events for aggregate in aggregates())


@pytest.mark.parametrize(
    "code",
    [
        "class Happened: ...",
        "@dataclass\nclass Happened: ...",
        "@dataclass(frozen=True, slots=True)\nclass Happened: ...",
        "@dataclass(frozen=True, slots=True, kw_only=False)\nclass Happened: ...",
    ],
)
def test_a_loose_event_is_seen(code: str) -> None:
    (node,) = ast.parse(code).body
    assert isinstance(node, ast.ClassDef)
    assert not is_a_frozen_fact(node)
