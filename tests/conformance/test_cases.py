"""The library's cases run on every server, and on the twin in memory; what is left out is on record with its reason."""

import gc
import inspect
import re
import threading
import unittest
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from unittest import TestCase

import eventsourcing.dcb.tests
import eventsourcing.tests.application
import eventsourcing.tests.persistence
import eventsourcing.tests.projection
import pytest

from tests.architecture.sources import ROOT
from tests.conformance.cases import IN_MEMORY, ON_POSTGRESQL

RECORD: Final = ROOT / "docs" / "decisions" / "0013-conformance-with-the-eventsourcing-library.md"
RUN: Final = re.compile(r"^\| `(\w+)` \| (\d+) \| (.*) \|$", re.MULTILINE)
LISTED: Final = re.compile(r"^\| `(\w+)(?:\.(\w+))?` \| (PostgreSQL|in memory|both) \| \S.* \|$", re.MULTILINE)

MODULES: Final = (
    eventsourcing.tests.persistence,
    eventsourcing.tests.application,
    eventsourcing.tests.projection,
    eventsourcing.dcb.tests,
)
LIBRARY: Final[dict[str, type[TestCase]]] = {
    name: found
    for module in MODULES
    for name, found in inspect.getmembers(module, inspect.isclass)
    if issubclass(found, TestCase) and found.__module__ == module.__name__
}


@dataclass(frozen=True)
class Case:
    """One test method of the library in a class of ours."""

    where: type[TestCase]
    method: str

    def __str__(self) -> str:
        return f"{self.where.__name__}.{self.method}"

    @property
    def library(self) -> tuple[str, str]:
        origin = next(each for each in self.where.__mro__ if each in LIBRARY.values())
        return origin.__name__, self.method


def methods(kind: type[Any]) -> list[str]:
    return [name for name in dir(kind) if name.startswith(("test", "optional_test", "_test_"))]


def cases(kinds: Iterable[type[TestCase]]) -> list[Case]:
    return [Case(kind, method) for kind in kinds for method in methods(kind)]


def run(case: Case) -> None:
    result = unittest.TestResult()
    case.where(case.method).run(result)
    assert [told for _, told in (*result.errors, *result.failures)] == []
    assert (result.testsRun, result.skipped, result.expectedFailures) == (1, [], [])


@pytest.mark.parametrize("case", cases(ON_POSTGRESQL), ids=str)
@pytest.mark.usefixtures("city")
@pytest.mark.filterwarnings("default:'log' is deprecated:DeprecationWarning")  # which a case asks for and catches
def test_on_postgresql(case: Case) -> None:
    run(case)
    gc.collect()
    for thread in threading.enumerate():
        if thread.name == "guanjia log":
            thread.join(10)
            assert not thread.is_alive(), "nobody has the log any more, and it is still open"


@pytest.mark.parametrize("case", cases(IN_MEMORY), ids=str)
def test_in_memory(case: Case) -> None:
    run(case)


def test_no_case_is_changed() -> None:
    assert [case for kind in (*ON_POSTGRESQL, *IN_MEMORY) for case in vars(kind) if case.startswith("test")] == []


def listed(where: str) -> Iterator[tuple[str, str]]:
    for kind, method, place in LISTED.findall(RECORD.read_text(encoding="utf-8")):
        if place in (where, "both"):
            yield from ((kind, each) for each in ([method] if method else methods(LIBRARY[kind])))


@pytest.mark.parametrize(("where", "kinds"), [("PostgreSQL", ON_POSTGRESQL), ("in memory", IN_MEMORY)])
def test_what_is_left_out_is_on_record(where: str, kinds: tuple[type[TestCase], ...]) -> None:
    all_of_them = {(name, method) for name, kind in LIBRARY.items() for method in methods(kind)}
    assert sorted(listed(where)) == sorted(all_of_them - {case.library for case in cases(kinds)})


def test_what_runs_is_on_record() -> None:
    on_record = RUN.findall(RECORD.read_text(encoding="utf-8"))
    assert {name: int(count) for name, count, _ in on_record} == {
        name: len(methods(LIBRARY[name])) for name, _ in {case.library for case in cases(ON_POSTGRESQL)}
    }
    twin = {name for name, _, recorders in on_record if "twin in memory" in recorders}
    assert twin == {name for name, _ in {case.library for case in cases(IN_MEMORY)}}


def test_the_library_has_cases() -> None:
    assert {"AggregateRecorderTestCase", "InfrastructureFactoryTestCase", "DCBRecorderTestCase"} <= LIBRARY.keys()
