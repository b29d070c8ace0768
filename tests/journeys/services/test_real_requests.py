"""Real housing requests, replayed: what the product says of their weeks and months is what SQLite counts in the CSV."""

import asyncio
import json
import os
import tomllib
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from api.compose import open_city
from api.importing import request_mapping
from application.kernel.refusals import ReadModelBehind
from tests.journeys.answers import Json
from tests.journeys.city import City
from tests.journeys.clerk import GUANGLING
from tests.journeys.in_process import Place
from tests.journeys.services.counted import EVERYWHERE, Counted, Source
from tests.journeys.services.watchers import COMMAND

SHARED = Path(__file__).parents[4] / "shared" / "data"
NEW_YORK = SHARED / "requests_nyc_housing.csv"
BALTIMORE = SHARED / "requests_baltimore_housing.csv"
MAPPINGS = Path(request_mapping.__file__).with_name("mappings")

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(
        not NEW_YORK.exists(),
        reason=f"the real requests are not at {SHARED.parent.name}/{SHARED.name} beside the checkout",
    ),
]


@pytest_asyncio.fixture(loop_scope="session")
async def place(database_dsn: str, tmp_path: Path) -> AsyncIterator[Place]:
    somewhere = Place(database_dsn, tmp_path)
    yield somewhere
    await somewhere.demolish()


async def guanjia_import(place: Place, *arguments: str | Path) -> Json:
    """Run `guanjia import requests` as a process of its own; answers what it prints."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GUANJIA_")}
    environment |= {"GUANJIA_DATABASE_URL": place.url, "GUANJIA_CITY": place.code}
    process = await asyncio.create_subprocess_exec(
        COMMAND, "import", "requests", *arguments, "--json", "--data-dir", place.data_dir,
        stdout=PIPE, stderr=PIPE, env=environment, cwd=place.data_dir,
    )  # fmt: skip
    said, failed = await process.communicate()
    assert process.returncode == 0, failed.decode()
    return json.loads(said)


async def caught_up(place: Place) -> None:
    """Wait until the pages show everything, and have all callers ask for it."""
    async with open_city(place.settings(None), place.url) as city, asyncio.timeout(120):
        _, position = await city.store.heads(())
        while True:
            try:
                await city.queries.caught_up(position)
            except ReadModelBehind:
                continue
            place.heard.position = position
            return


async def said(city: City, project: str, period: str, label: str) -> dict[str, Any]:
    """Answer the figures that the product has of a week or a month."""
    page = await city.auditor().reads(f"/projects/{project}/service-requests/analysis?{period}={label}")
    figures = page["figures"]
    return {
        **{name: figures[name] for name in ("received", "by_kind", "by_category", "by_channel")},
        **{name: (figures[name]["due"], figures[name]["on_time"]) for name in ("response", "resolution")},
        "return_visits": (figures["return_visits"]["completed"], figures["return_visits"]["visited"]),
    }


async def agrees(city: City, counted: Counted, projects: dict[str, str], period: str) -> int:
    """Compare every week or month in which anything was received; answers how many requests these are."""
    total = kept = 0
    for project, label in counted.periods(period):
        expected = counted.figures(project, period, label)
        assert await said(city, projects[project], period, label) == expected, (project, label)
        total += expected["received"]
        kept += expected["resolution"][1]
    assert 0 < kept < total, "some deadlines were kept and some were missed, or nothing was compared"
    return total


async def test_the_weeks_and_months_of_new_york_are_those_of_its_file(place: Place) -> None:
    mapping = tomllib.loads((MAPPINGS / "nyc_housing.toml").read_text(encoding="utf-8"))
    counted = Counted(
        Source(
            file=NEW_YORK,
            opened="created_date",
            closed="closed_date",
            type="complaint_type",
            mapping=mapping,
            how={"": "completed"},
        )
    )
    async with place.at(None) as city:
        project = await city.clerk().project(await city.clerk().company())
        took = await guanjia_import(place, NEW_YORK, "--project", project)
        assert (took["rows"], took["taken"], took["refused"], took["mapping"]) == (3_160, 3_160, 0, "nyc_housing")
        assert took["statuses"] == {"completed": 3_160}
        await caught_up(place)
        for period in ("week", "month"):
            assert await agrees(city, counted, {EVERYWHERE: project}, period) == 3_160
        again = await guanjia_import(place, NEW_YORK, "--project", project)
        assert (again["taken"], again["there_already"]) == (0, 3_160)


async def test_the_months_of_every_district_of_baltimore_are_those_of_its_file(place: Place) -> None:
    text = (MAPPINGS / "baltimore_housing.toml").read_text(encoding="utf-8")
    text = text.replace("[columns]\n", '[columns]\nproject = "CouncilDistrict"\n', 1)
    file = place.data_dir / "baltimore.toml"
    file.write_text(f'district = "{GUANGLING}"\n{text}', encoding="utf-8")
    counted = Counted(
        Source(
            file=BALTIMORE,
            opened="CreatedDate",
            closed="CloseDate",
            type="SRType",
            mapping=tomllib.loads(text),
            project="CouncilDistrict",
            channel="MethodReceived",
            status="SRStatus",
            # What was closed as a duplicate is refused: the table does not say of what.
            how={"Closed": "completed", "Closed (Transferred)": "referred", "Open": "open"},
        )
    )
    async with place.at(None) as city:
        company = await city.clerk().company()
        projects = {name: await city.clerk().project(company, name=name) for name in counted.projects()}
        report = place.data_dir / "refused.csv"
        took = await guanjia_import(place, BALTIMORE, "--mapping", file, "--report", report)
        assert (took["rows"], took["taken"], took["statuses"]["closed"]) == (1_164, counted.total, 3)
        reasons = {reason["column"]: reason["rows"] for reason in took["reasons"]}
        assert reasons == {"SRStatus": 22, "CouncilDistrict": counted.nowhere}
        assert len(report.read_text(encoding="utf-8-sig").splitlines()) == 1 + 22 + counted.nowhere
        await caught_up(place)
        assert await agrees(city, counted, projects, "month") == took["taken"]
