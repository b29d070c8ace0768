"""Who may do what, every operation by every role: what the contract's table does not name is not allowed."""

from collections.abc import Mapping
from typing import Final

import pytest
import pytest_asyncio

from application.kernel.callers import Role
from tests.journeys.answers import Problem
from tests.journeys.calls import CALLS, Things
from tests.journeys.city import City
from tests.journeys.clerk import HANJIANG, charge, estate
from tests.journeys.misfits import NOBODY
from tests.journeys.town import Town, callers

pytestmark = pytest.mark.asyncio(loop_scope="module")

OFFICE: Final = frozenset({"municipal"})
DISTRICT: Final = OFFICE | {"district"}
COMPANY: Final = OFFICE | {"company"}

MAY_DO: Final[Mapping[str, frozenset[str]]] = {
    "adopt a rule set": OFFICE,
    "register a company": OFFICE,
    "identify a company": OFFICE,
    "rename a company": OFFICE,
    "close a company": OFFICE,
    "open a file": COMPANY | {"other company"},
    "record a certificate": COMPANY,
    "withdraw a certificate": OFFICE,
    "register practice": OFFICE,
    "deregister practice": COMPANY,
    "deduct points": DISTRICT,
    "record service": DISTRICT,
    "decide a revocation": OFFICE,
    "object": DISTRICT | {"other district"},
    "decide an objection": OFFICE,
    "inspect": DISTRICT,
    "erase a person": OFFICE,
    "register a project": DISTRICT,
    "appoint": DISTRICT | COMPANY,
    "relieve": DISTRICT | COMPANY,
    "replace": DISTRICT | COMPANY,
    "amend an area": DISTRICT,
    "enter a stage": DISTRICT | COMPANY,
    "renew a contract": DISTRICT,
    "change the company": DISTRICT,
    "define a zone": DISTRICT | COMPANY,
    "post a notice": DISTRICT | COMPANY,
    "withdraw a project": DISTRICT,
}
"""Who may do it to own things; an objection on behalf is bound to no district."""

BY_SCOPE: Final[Mapping[str, frozenset[str]]] = {
    "other district": frozenset(
        {"deduct points", "record service", "inspect", "register a project", "appoint", "relieve", "replace"}
        | {"amend an area", "enter a stage", "renew a contract", "change the company", "withdraw a project"}
        | {"define a zone", "post a notice"}
    ),
    "other company": frozenset(
        {"record a certificate", "deregister practice", "appoint", "relieve", "replace", "enter a stage"}
        | {"define a zone", "post a notice"}
    ),
}
"""What a role may do to its own things, but not to these; everything else is denied to the role as such."""

EVERYBODY: Final = frozenset(
    {"municipal", "auditor", "district", "other district", "company", "other company", "manager", "other manager"}
)
READS_HISTORY: Final = frozenset({"municipal", "auditor", "district", "other district"})

READS: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = {
    "/licences/{licence}": (
        EVERYBODY | {"owners_committee", "resident"},
        frozenset({"other owners_committee", "other resident"}),
    ),
    "/licences/{licence}?as_of=2026-11-24": (
        EVERYBODY | {"owners_committee", "resident"},
        frozenset({"other owners_committee", "other resident"}),
    ),
    "/licences/{licence}/deductions": (
        EVERYBODY | {"owners_committee", "resident"},
        frozenset({"other owners_committee", "other resident"}),
    ),
    "/projects/{project}": (
        EVERYBODY | {"owners_committee", "resident", "neighbourhood_committee"},
        frozenset({"other owners_committee", "other resident", "other neighbourhood_committee"}),
    ),
    "/companies/{company}": (EVERYBODY | {"owners_committee"}, frozenset({"other owners_committee"})),
    "/companies/{company}/credit-file": (EVERYBODY | {"owners_committee"}, frozenset({"other owners_committee"})),
    "/licences/{licence}/history": (READS_HISTORY | {"company", "manager"}, frozenset()),
    "/projects/{project}/history": (READS_HISTORY | {"company", "manager"}, frozenset()),
    "/companies/{company}/history": (READS_HISTORY | {"company"}, frozenset()),
    "/licences/{licence}/refusals": (frozenset({"municipal", "auditor"}), frozenset()),
    "/projects/{project}/refusals": (frozenset({"municipal", "auditor"}), frozenset()),
    "/companies/{company}/refusals": (frozenset({"municipal", "auditor"}), frozenset()),
    "/events": (frozenset({"municipal", "auditor"}), frozenset()),
    "/projections": (frozenset({"municipal", "auditor"}), frozenset()),
}
"""By path: who reads it, and for whom it is not found; everybody else is forbidden."""

NOT_SAID: Final[Mapping[str, frozenset[str]]] = {
    "/licences/{licence}": frozenset({"neighbourhood_committee", "other neighbourhood_committee"}),
    "/licences/{licence}?as_of=2026-11-24": frozenset({"neighbourhood_committee", "other neighbourhood_committee"}),
    "/licences/{licence}/deductions": frozenset({"neighbourhood_committee", "other neighbourhood_committee"}),
    "/companies/{company}": frozenset({"neighbourhood_committee", "other neighbourhood_committee"}),
    "/companies/{company}/credit-file": frozenset({"neighbourhood_committee", "other neighbourhood_committee"}),
    "/companies/{company}/history": frozenset({"manager"}),
}
"""Where the table names the owners' committee only, the neighbourhood committee may be shown as much."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(city: City) -> Town:
    return await Town.of(city)


@pytest.mark.parametrize("operation", CALLS)
async def test_who_may_not_is_turned_away(city: City, town: Town, operation: str) -> None:
    before = await city.last_position()
    call = CALLS[operation]
    for name, caller in town.callers.items():
        if name in MAY_DO[operation] or (operation == "object" and name in {"manager", "other manager"}):
            continue
        problem = await caller.fails(403, call.at(town.own), call.body(town.own))
        assert problem.code == "forbidden", name
        is_by_scope = operation in BY_SCOPE.get(name, frozenset())
        # A role is known before the body is looked at, a scope only after.
        problem = Problem.of(await caller.post(call.at(town.own), {"colour": "green"}))
        assert problem.status == (422 if is_by_scope else 403), name
    assert (await city.nobody().post(call.at(town.own), call.body(town.own))).status_code == 401
    assert await city.last_position() == before


@pytest.mark.parametrize("operation", CALLS)
async def test_who_may_is_let_in(city: City, town: Town, operation: str) -> None:
    call = CALLS[operation]
    for name in MAY_DO[operation]:
        own = await Things.of(city.clerk())
        caller = callers(city, own, town.others)[name]
        answer = await caller.post(call.at(own), call.body(own))
        assert answer.status_code in {200, 201, 409}, f"{name}: {answer.text}"


async def test_a_manager_objects_in_their_own_name(city: City, town: Town) -> None:
    own = await Things.of(city.clerk())
    objection = f"/licences/{own.licence}/deductions/{own.deduction}/objection", {"grounds": "事实不清"}
    assert (await town.callers["other manager"].post(*objection)).status_code == 403
    for clerk in (town.callers["municipal"], town.callers["district"]):
        assert (await clerk.post(*objection)).status_code == 403
    await city.manager(own.licence).does(*objection)


async def test_a_district_registers_in_its_own_district_only(city: City, town: Town) -> None:
    officer = city.officer()
    await officer.fails(403, "/projects", estate(town.own.company, district=HANJIANG))
    await officer.does("/projects", estate(town.own.company))


async def test_a_district_reaches_managers_through_their_companys_projects(city: City) -> None:
    clerk, officer, elsewhere = city.clerk(), city.officer(), city.officer(HANJIANG)
    company = await clerk.company()
    licence = await clerk.manager(company)
    deduction = f"/licences/{licence}/deductions", charge("V29")
    await officer.fails(403, *deduction)
    await clerk.project(company)
    await officer.does(*deduction)
    await elsewhere.fails(403, *deduction)
    await clerk.project(company, district=HANJIANG)
    await elsewhere.does(*deduction)


async def test_a_district_proposes_and_the_city_revokes(city: City) -> None:
    clerk, officer = city.clerk(), city.officer()
    company = await clerk.company()
    licence, project = await clerk.manager(company), await clerk.project(company)
    await clerk.appoint(licence, project)
    charged = (await officer.deduct(licence, "V03")).details["deduction_id"]
    page = await clerk.reads(f"/licences/{licence}")
    assert (page["status"], page["revocation"], len(page["appointments"])) == ("suspended", None, 1)
    assert page["proposed_revocation"]["hearing_until"] is None
    decision = f"/licences/{licence}/revocation", {"reason": "情节严重"}
    await officer.fails(403, *decision)
    await clerk.does(*decision)
    assert (await clerk.reads(f"/licences/{licence}"))["status"] == "revoked"
    # The notice was the district's: it may say when it was served, also now that the manager belongs to nobody.
    await officer.does(
        f"/licences/{licence}/deductions/{charged}/service", {"served_on": "2026-11-24", "method": "送达"}
    )


async def test_a_company_opens_a_file_and_keeps_it_until_the_first_registration(city: City, town: Town) -> None:
    clerk, employee = city.clerk(), city.employee(town.own.company)
    stranger = city.employee(town.others.company)
    call = CALLS["open a file"]
    licence = (await employee.does("/licences", call.body(town.own))).id
    record = CALLS["record a certificate"]
    path = f"/licences/{licence}/certificates"
    await employee.does(path, record.body(town.own))
    await stranger.fails(403, path, record.body(town.own))
    assert "id_number" in (await employee.reads(f"/licences/{licence}"))["holder"]
    await clerk.certify(licence)
    await clerk.register(licence, town.others.company)
    await employee.fails(403, path, record.body(town.own))
    await stranger.does(path, record.body(town.own))
    assert "id_number" not in (await employee.reads(f"/licences/{licence}"))["holder"]


async def test_a_company_appoints_its_own_managers_to_its_own_projects(city: City, town: Town) -> None:
    clerk, employee = city.clerk(), city.employee(town.own.company)
    own, free = await clerk.manager(town.own.company), await clerk.project(town.own.company)
    others_free = await clerk.project(town.others.company)
    for project, licence in ((free, town.others.licence), (others_free, own), (others_free, town.others.licence)):
        await employee.fails(403, f"/projects/{project}/manager", {"licence_id": licence})
    await employee.does(f"/projects/{free}/manager", {"licence_id": own})
    replacement = f"/projects/{free}/manager/replacement"
    await employee.fails(403, replacement, {"licence_id": town.others.licence, "reason": "轮岗"})
    await employee.does(f"/projects/{free}/manager/relief", {"reason": "调离"})


async def test_imports_are_let_in(city: City) -> None:
    importer = city.caller(Role.SYSTEM)
    company = (await importer.does("/companies", {"name": "导入企业"})).id
    await importer.does("/projects", estate(company))


@pytest.mark.parametrize("path", READS)
async def test_who_reads_what(city: City, town: Town, path: str) -> None:
    readers, blind = READS[path]
    silent = NOT_SAID.get(path, frozenset())
    found = {
        name: (await caller.get(path.format(**town.own.names))).status_code for name, caller in town.callers.items()
    }
    expected = {name: 200 if name in readers else 404 if name in blind else 403 for name in town.callers}
    assert {name: status for name, status in found.items() if name not in silent} == {
        name: status for name, status in expected.items() if name not in silent
    }
    assert (await city.nobody().get(path.format(**town.own.names))).status_code == 401


async def test_only_the_city_has_read_models_rebuilt(city: City, town: Town) -> None:
    for name, caller in town.callers.items():
        answer = await caller.post("/projections/companies/rebuild", {})
        assert answer.status_code == (202 if name == "municipal" else 403), name
    assert (await city.clerk().post("/projections/nothing/rebuild", {})).status_code == 404


async def test_lists_show_what_may_be_read(city: City, town: Town) -> None:
    for role in (Role.OWNERS_COMMITTEE, Role.RESIDENT):
        neighbour = city.neighbour(role, town.own.project)
        assert [item["id"] for item in await neighbour.items("/projects")] == [town.own.project]
        assert [item["id"] for item in await neighbour.items("/licences")] == [town.own.licence]
    committee = city.neighbour(Role.OWNERS_COMMITTEE, town.own.project)
    assert [item["id"] for item in await committee.items("/companies")] == [town.own.company]
    stranger = city.neighbour(Role.RESIDENT, NOBODY)
    assert await stranger.items("/projects") == await stranger.items("/licences") == []


async def test_full_detail_is_for_those_who_answer_for_the_person(town: Town) -> None:
    detailed = {"municipal", "auditor", "district", "other district", "company", "manager"}
    for name in sorted(EVERYBODY | {"owners_committee", "resident"}):
        for path in (f"/licences/{town.own.licence}", f"/licences/{town.own.licence}?as_of=2026-11-24"):
            page = await town.callers[name].reads(path)
            keys = {"name", "id_number", "phone"} if name in detailed else {"name"}
            assert page["holder"].keys() == keys, name
            assert page["holder"]["name"] == "张三"
            if name in detailed:
                assert page["holder"]["id_number"][:4] == "1101"
                assert "*" in page["holder"]["id_number"]
                assert "*" in page["holder"]["phone"]
    for item in await town.callers["municipal"].items("/licences"):
        assert item["holder"].keys() == {"name"}
