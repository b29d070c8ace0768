"""A person is erased: name, ID number and phone are gone everywhere, and the log is whole."""

import pytest

from tests.journeys.answers import Json
from tests.journeys.clerk import Clerk, holder
from tests.journeys.in_process import Place

pytestmark = pytest.mark.asyncio(loop_scope="module")

NAME = "诸葛孔明"


async def everywhere(clerk: Clerk, licence: str, project: str, company: str) -> dict[str, Json]:
    """Read every page on which the person is named."""
    paths = {
        "licence": f"/licences/{licence}",
        "as_of": f"/licences/{licence}?as_of=2026-11-24",
        "list": "/licences?limit=200",
        "history": f"/licences/{licence}/history?limit=200",
        "project": f"/projects/{project}",
        "projects": "/projects?limit=200",
        "project history": f"/projects/{project}/history?limit=200",
        "credit file": f"/companies/{company}/credit-file?year=2026",
        "events": "/events?limit=200",
        "refusals": f"/licences/{licence}/refusals",
    }
    return {name: await clerk.reads(path) for name, path in paths.items()}


async def test_nothing_personal_is_left_now_or_after_a_restart_or_a_rebuild(place: Place) -> None:
    person = holder(NAME, phone="13987654321")
    async with place.at() as city:
        clerk = city.clerk()
        company = await clerk.company()
        licence = (await clerk.does("/licences", {"holder": person})).id
        await clerk.certify(licence)
        await clerk.register(licence, company, "2020-01-01")
        project = await clerk.project(company)
        await clerk.appoint(licence, project)
        await clerk.deduct(licence, "V29")
        await clerk.does(f"/projects/{project}/manager/relief", {"reason": "调离"})
        assert await clerk.is_refused("/licences", {"holder": person}) == {"licence.already-opened"}
        named = await everywhere(clerk, licence, project, company)
        assert {page for page, shown in named.items() if NAME in str(shown)} == {
            "licence",
            "as_of",
            "list",
            "project",
            "projects",
            "credit file",
        }
        assert [item["id"] for item in await clerk.items(f"/licences?q={NAME}")] == [licence]

        erased = await clerk.does(f"/licences/{licence}/erasure", {"reason": "本人申请"})
        assert erased.version > named["licence"]["version"]
        gone = await everywhere(clerk, licence, project, company)
        assert_gone(gone, person)
        assert await clerk.items(f"/licences?q={NAME}") == []
        assert gone["licence"]["points"] == named["licence"]["points"]
        assert gone["licence"]["licence_number"] == named["licence"]["licence_number"]
        assert len(gone["events"]["items"]) == len(named["events"]["items"]) + 1
        again = await clerk.does(f"/licences/{licence}/erasure", {"reason": "本人申请"})
        assert again.version == erased.version

    async with place.at("2026-11-25T12:00:00+08:00") as city:
        clerk = city.clerk()
        assert_gone(await everywhere(clerk, licence, project, company), person)
        versions = {entry["name"]: entry["version"] for entry in (await clerk.reads("/projections"))["items"]}
        for name in versions:
            await clerk.ask("POST", f"/projections/{name}/rebuild")
        while any(
            entry["version"] == versions[entry["name"]] for entry in (await clerk.reads("/projections"))["items"]
        ):
            pass
        assert_gone(await everywhere(clerk, licence, project, company), person)


def assert_gone(pages: dict[str, Json], person: Json) -> None:
    for page, shown in pages.items():
        for value in (NAME, person["id_number"], person["phone"], "诸葛", "诸*", "1101**", "139****"):
            assert value not in str(shown), page
    assert pages["licence"]["holder"] == {"name": None, "id_number": None, "phone": None}
    assert pages["project"]["tenures"][0]["name"] is None
    assert pages["credit file"]["deductions"][0]["name"] is None
