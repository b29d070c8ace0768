"""The real communities of a city, imported twice: taken once, every other row refused with its reason."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from api.importing.estates import Terms
from api.importing.mapping import read_mapping
from api.importing.projects import Report
from api.importing.tables import read_table
from tests.api.importing.importing import importing
from tests.application.city import City

SHARED = Path(__file__).parents[4] / "shared" / "data"
MAPPING = read_mapping(Path(__file__).with_name("wuhan.toml"))

pytestmark = pytest.mark.skipif(
    not (SHARED / "communities_wuhan.csv").exists(),
    reason=f"the real communities are not at {SHARED.name} beside the checkout",
)


async def taken(city: City, name: str, terms: Terms, *, dry_run: bool = False) -> Report:
    progressed = 0

    def progress(rows: int) -> None:
        nonlocal progressed
        progressed += rows

    table = read_table(SHARED / name)
    report = await importing(city)(table, MAPPING, terms, dry_run=dry_run, progress=progress)
    assert progressed == report.rows == report.taken + report.there_already + report.rows_refused
    return report


async def test_communities_without_areas_are_refused_unless_the_area_may_be_estimated() -> None:
    report = await taken(await City.begun(), "communities_wuhan.csv", Terms())
    assert report.taken == 0
    assert {refused.column for refused in report.refused} == {"建筑面积_平米", "物业公司"}


async def test_a_dry_run_tells_the_same_and_writes_nothing() -> None:
    city = await City.begun()
    position = await city.last_position()
    terms = Terms(area_per_household=Decimal(95), unmanaged=True)
    dry = await taken(city, "communities_wuhan_area.csv", terms, dry_run=True)
    assert await city.last_position() == position
    assert await taken(city, "communities_wuhan_area.csv", terms) == dry


async def test_all_communities_are_taken_when_areas_may_be_estimated_and_estates_be_unmanaged() -> None:
    city = await City.begun()
    terms = Terms(area_per_household=Decimal(95), unmanaged=True)
    report = await taken(city, "communities_wuhan.csv", terms)
    assert report.rows == 6_470
    assert report.taken > 6_000
    assert report.estimated_areas == report.taken
    assert {refused.column for refused in report.refused} == {"小区名称", "总户数"}

    events = Counter(event.type for event in await city.events())
    assert events["project.registered"] == report.taken
    assert events["company.registered"] == report.companies

    position = await city.last_position()
    again = await taken(city, "communities_wuhan.csv", terms)
    assert (again.taken, again.there_already) == (0, report.taken)
    assert await city.last_position() == position


async def test_areas_as_written_are_no_estimates_and_the_largest_need_sections() -> None:
    city = await City.begun()
    report = await taken(city, "communities_wuhan_area.csv", Terms(unmanaged=True))
    assert report.taken == 156
    assert report.estimated_areas == 0
    assert report.too_large_for_one_manager > 0
    areas = [
        event.data["building_area_m2"]
        for event in await city.events()
        if event.type == "project.registered" and event.data is not None
    ]
    assert 429_856 in areas
