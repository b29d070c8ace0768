"""Areas are exact, never negative, and have one spelling per value."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.area import Area

LIMIT = Area.of(200_000)

areas = st.decimals(min_value=0, max_value="99999999.99", places=2).map(Area)


@pytest.mark.parametrize("written", ["0", "0.01", "1", "120000.5", "200000.00", "99999999.99", "1E+3", "-0"])
def test_an_area_is_zero_or_more_with_at_most_two_decimals(written: str) -> None:
    assert Area.of(written).square_metres == Decimal(written)


@pytest.mark.parametrize(
    "written", ["-0.01", "-1", "0.001", "200000.005", "1E-3", "NaN", "sNaN", "Infinity", "-Infinity"]
)
def test_nothing_else_is_an_area(written: str) -> None:
    with pytest.raises(ValueError, match="an area"):
        Area(Decimal(written))


@pytest.mark.parametrize("written", ["twelve", ""])
def test_what_is_no_number_is_no_area(written: str) -> None:
    with pytest.raises(ValueError, match="an area"):
        Area.of(written)


@pytest.mark.parametrize(
    ("one", "other", "spelling"),
    [("120000", "120000.00", "120000"), ("0.5", "0.50", "0.5"), ("1E+5", "100000", "100000"), ("-0", "0.00", "0")],
)
def test_the_same_area_has_one_spelling(one: str, other: str, spelling: str) -> None:
    assert Area.of(one) == Area.of(other)
    assert hash(Area.of(one)) == hash(Area.of(other))
    assert str(Area.of(one).square_metres) == str(Area.of(other).square_metres) == spelling


def test_areas_are_added_to_the_centimetre() -> None:
    assert Area.of("0.1") + Area.of("0.2") == Area.of("0.3")
    assert Area.total([Area.of("66666.67"), Area.of("66666.66"), Area.of("66666.67")]) == LIMIT
    assert Area.total([]) == Area.of(0)


@pytest.mark.parametrize(
    ("held", "left"), [("0", "200000"), ("199999.99", "0.01"), ("200000", "0"), ("200000.01", "0"), ("807320", "0")]
)
def test_what_is_left_of_a_limit_is_never_less_than_nothing(held: str, left: str) -> None:
    assert Area.of(held).left_of(LIMIT) == Area.of(left)


def test_areas_are_compared_by_size() -> None:
    assert Area.of("199999.99") < LIMIT < Area.of("200000.01")
    assert not Area.of("200000.00") > LIMIT


@given(areas, areas)
def test_adding_is_exact(one: Area, other: Area) -> None:
    cents = int(one.square_metres * 100) + int(other.square_metres * 100)
    assert (one + other).square_metres * 100 == cents
    assert (one + other).left_of(one + other) == Area.of(0)
