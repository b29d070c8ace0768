"""One row at a time: what is taken, and which column is named when it is not."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from api.importing.estates import Estate, Terms, estate_of
from api.importing.mapping import ColumnMapping, UnusableMapping, read_mapping
from api.importing.refusing import Refused, RowRefused
from api.importing.tables import Row, UnreadableTable, read_table
from domain.kernel.area import Area
from domain.projects.events import Contract, ProjectKind
from tests.api.importing.importing import importing
from tests.application.city import City

GOOD = {
    "name": "梅园",
    "district": "321002",
    "address": "梅园路1号",
    "kind": "residential",
    "building_area_m2": "86000.50",
    "households": "720",
    "company": "安和物业",
    "starts_on": "2026-01-01",
    "ends_on": "2028-12-31",
}
MAPPING = ColumnMapping()
EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"


def read(terms: Terms | None = None, **cells: str) -> Estate:
    return estate_of(Row(2, {**GOOD, **cells}), MAPPING, terms or Terms())


def test_a_row_is_an_estate() -> None:
    estate = read()
    assert estate.building_area_m2 == Area.of("86000.5")
    assert estate.kind is ProjectKind.RESIDENTIAL
    assert estate.contract == Contract(starts_on=date(2026, 1, 1), ends_on=date(2028, 12, 31))
    assert not estate.area_estimated


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("name", ""),
        ("name", "梅" * 201),
        ("district", "广陵"),
        ("address", ""),
        ("kind", "城堡"),
        ("building_area_m2", "0"),
        ("building_area_m2", "-1"),
        ("building_area_m2", "NaN"),
        ("building_area_m2", "100.001"),
        ("building_area_m2", "大约八万"),
        ("households", "-1"),
        ("households", "几百"),
        ("households", "1.5"),
        ("company", ""),
        ("ends_on", "2025-12-31"),
        ("ends_on", "2026-02-30"),
        ("ends_on", ""),
    ],
)
def test_a_cell_that_does_not_fit_is_named_by_its_column(column: str, cell: str) -> None:
    with pytest.raises(RowRefused) as refusal:
        estate_of(Row(2, {**GOOD, column: cell}), MAPPING, Terms())
    assert {reason.column for reason in refusal.value.reasons} == {column}


def test_every_column_that_is_wrong_is_named() -> None:
    with pytest.raises(RowRefused) as refusal:
        read(name="", company="", building_area_m2="x")
    assert {reason.column for reason in refusal.value.reasons} == {"name", "company", "building_area_m2"}


def test_a_missing_area_is_estimated_from_the_households_when_the_operator_says_so() -> None:
    with pytest.raises(RowRefused):
        read(building_area_m2="")
    estate = read(Terms(area_per_household=Decimal(95)), building_area_m2="")
    assert (estate.building_area_m2, estate.area_estimated) == (Area.of(68_400), True)


@pytest.mark.parametrize(("households", "is_enough"), [("", False), ("0", False), ("2", False), ("3", True)])
def test_too_few_households_are_no_base_of_an_estimate(households: str, is_enough: bool) -> None:
    def estimate() -> Estate:
        return read(Terms(area_per_household=Decimal(95)), building_area_m2="", households=households)

    if is_enough:
        assert estimate().area_estimated
        return
    with pytest.raises(RowRefused) as refusal:
        estimate()
    assert [reason.column for reason in refusal.value.reasons] == ["households"]


def test_an_estate_without_a_company_is_taken_as_unmanaged_when_the_operator_says_so() -> None:
    assert read(Terms(unmanaged=True), company="").company is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_is_read_in_the_encodings_that_people_have(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "estates.csv"
    file.write_bytes('小区名称,区\r\n"梅园\n一期",广陵\r\n\r\n竹园\r\n'.encode(encoding))
    table = read_table(file)
    assert table.header == ("小区名称", "区")
    assert [(row.number, dict(row.cells)) for row in table.rows] == [
        (2, {"小区名称": "梅园\n一期", "区": "广陵"}),
        (5, {"小区名称": "竹园", "区": ""}),
    ]


@pytest.mark.parametrize("raw", [b"", b"a,a\n1,2\n", b"a,\n1,2\n", b'a,b\n"1,2\n', b"\xff\xff\xff\n"])
def test_what_is_no_table_is_refused_whole(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "estates.csv"
    file.write_bytes(raw)
    with pytest.raises(UnreadableTable):
        read_table(file)


@pytest.mark.parametrize("text", ["x", "colums = {}", '[kinds]\n"a" = "castle"', 'no_company = ["("]', "kind = 3"])
def test_what_is_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "mapping.toml"
    file.write_text(text)
    with pytest.raises(UnusableMapping):
        read_mapping(file)


async def test_the_example_of_the_documentation_is_imported() -> None:
    city = await City.begun()
    terms = Terms(area_per_household=Decimal(95), unmanaged=True)
    table, mapping = read_table(EXAMPLES / "estates.csv"), read_mapping(EXAMPLES / "estates.toml")
    report = await importing(city)(table, mapping, terms, dry_run=False, progress=lambda _: None)
    assert (report.taken, report.companies, report.unmanaged, report.estimated_areas) == (3, 1, 1, 1)


async def test_two_rows_of_one_estate_are_taken_once(tmp_path: Path) -> None:
    file = tmp_path / "estates.csv"
    lines = [",".join(GOOD), ",".join(GOOD.values()), ",".join(GOOD.values())]
    file.write_text("\n".join(lines))
    city = await City.begun()
    report = await importing(city)(read_table(file), MAPPING, Terms(), dry_run=False, progress=lambda _: None)
    assert (report.taken, report.rows_refused) == (1, 1)
    assert report.refused == [Refused(3, "name", "stands in line 2 already, with the same district")]
