"""A test that cannot fail is a defect: the words of `spec` fail when what they say is not so."""

from dataclasses import dataclass
from typing import Final

import pytest

from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import NoSuchThing, Unacceptable
from domain.kernel.rules import Rule, check
from tests.spec import Given


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost(Counted):
    pass


COUNT: Final[Aggregate[int, Counted]] = Aggregate(
    name="count", events={"count.counted": Counted}, evolve=lambda state, event: (state or 0) + event.by
)
is_small: Final = Rule[int](code="count.large", zh="太大", en="too large", cites="a test", is_broken_by=lambda n: n > 5)
is_even: Final = Rule[int](code="count.odd", zh="单数", en="odd", cites="a test", is_broken_by=lambda n: n % 2 == 1)

given = Given(COUNT)


def count(state: int | None, by: int, *, lost: bool = False) -> list[Counted]:
    if by == 0:
        raise Unacceptable("/by", zh="不得为零", en="must not be zero")
    check((state or 0) + by, is_small, is_even)
    return [Lost(by=by)] if lost else [Counted(by=by)]


def test_the_words_pass_when_it_is_so() -> None:
    given(Counted(by=2)).when(count, 2).then(Counted(by=2))
    given().when(count, 4).then(Counted(by=4))
    given(Counted(by=2)).when(count, 4).breaks(is_small)
    given(Counted(by=2)).when(count, 5).breaks(is_even, is_small)
    given().when(count, 0).raises(Unacceptable, pointer="/by")


def test_other_events_fail() -> None:
    with pytest.raises(AssertionError):
        given().when(count, 2).then(Counted(by=4))
    with pytest.raises(AssertionError):
        given().when(count, 2).then()
    with pytest.raises(AssertionError):
        given().when(count, 2, lost=True).then(Lost(by=2))


def test_other_rules_fail() -> None:
    with pytest.raises(AssertionError):
        given().when(count, 7).breaks(is_small)
    with pytest.raises(AssertionError):
        given().when(count, 3).breaks(is_small)
    with pytest.raises(pytest.fail.Exception):
        given().when(count, 2).breaks(is_small)


def test_other_errors_fail() -> None:
    with pytest.raises(AssertionError):
        given().when(count, 0).raises(Unacceptable, pointer="/other")
    with pytest.raises(AssertionError):
        given().when(count, 0).raises(Exception)
    with pytest.raises(Unacceptable):
        given().when(count, 0).raises(NoSuchThing)
