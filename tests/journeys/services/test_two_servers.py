"""Two services on one database: what must hold when they are asked at the same moment."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from typing import Final

import httpx
import pytest

from tests.journeys.answers import Problem, Receipt
from tests.journeys.city import City
from tests.journeys.clerk import estate

pytestmark = pytest.mark.asyncio(loop_scope="session")

AT_ONCE: Final = 50


def statuses(answers: list[httpx.Response]) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)


async def test_fifty_simultaneous_appointments_with_one_place_left(cities: list[City]) -> None:
    clerks = [city.clerk() for city in cities]
    company = await clerks[0].company()
    licence = await clerks[0].manager(company)
    await clerks[0].appoint(licence, await clerks[0].project(company, 1_000))
    projects = await asyncio.gather(*(clerks[0].project(company, 1_000) for _ in range(AT_ONCE)))
    answers = await asyncio.gather(
        *(
            clerks[number % 2].post(f"/projects/{project}/manager", {"licence_id": licence})
            for number, project in enumerate(projects)
        )
    )
    assert statuses(answers) == {200: 1, 409: AT_ONCE - 1}
    problems = [Problem.of(answer) for answer in answers if answer.status_code == 409]
    assert {frozenset(problem.broken) for problem in problems} == {frozenset({"appointment.too-many-projects"})}
    assert len({problem.position for problem in problems}) == AT_ONCE - 1
    page = await clerks[1].reads(f"/licences/{licence}")
    assert len(page["appointments"]) == 2
    assert page["capacity"]["projects_left"] == 0


async def test_fifty_simultaneous_appointments_to_one_project(cities: list[City]) -> None:
    clerks = [city.clerk() for city in cities]
    company = await clerks[0].company()
    project = await clerks[0].project(company)
    managers = await asyncio.gather(*(clerks[number % 2].manager(company) for number in range(10)))
    answers = await asyncio.gather(
        *(
            clerks[number % 2].post(f"/projects/{project}/manager", {"licence_id": licence})
            for number, licence in enumerate(managers * 5)
        )
    )
    assert statuses(answers) == {200: 1, 409: AT_ONCE - 1}
    page = await clerks[0].reads(f"/projects/{project}")
    held = [bool((await clerks[1].reads(f"/licences/{licence}"))["appointments"]) for licence in managers]
    assert held.count(True) == 1
    assert managers[held.index(True)] == page["manager"]["licence_id"]


async def test_fifty_simultaneous_registrations_get_consecutive_numbers(cities: list[City]) -> None:
    clerks = [city.clerk() for city in cities]
    company = await clerks[0].company()
    first = (await clerks[0].reads(f"/licences/{await clerks[0].manager(company, registered_on=None)}"))[
        "licence_number"
    ]

    async def certified(number: int) -> str:
        licence = await clerks[number % 2].applicant()
        await clerks[number % 2].certify(licence)
        return licence

    waiting = await asyncio.gather(*(certified(number) for number in range(AT_ONCE)))
    answers = await asyncio.gather(
        *(
            clerks[number % 2].post(f"/licences/{licence}/registration", {"company_id": company})
            for number, licence in enumerate(waiting)
        )
    )
    assert statuses(answers) == {200: AT_ONCE}
    pages = [await clerks[0].reads(f"/licences/{licence}") for licence in waiting]
    stem, begun = first[:-6], int(first[-6:])
    assert sorted(page["licence_number"] for page in pages) == [
        f"{stem}{begun + nth:06}" for nth in range(1, AT_ONCE + 1)
    ]


async def test_deductions_that_both_reach_the_limit_revoke_once(cities: list[City]) -> None:
    clerks = [city.clerk() for city in cities]
    company = await clerks[0].company()
    licence = await clerks[0].manager(company)
    project = await clerks[0].project(company)
    await clerks[0].appoint(licence, project)
    day = await clerks[0].day_of_appointment(project)
    await asyncio.gather(*(clerks[number % 2].deduct(licence, "V08", 13, on=day) for number in range(8)))
    history = Counter(event["type"] for event in await clerks[0].items(f"/licences/{licence}/history"))
    assert history["licence.points-deducted"] == 8
    assert history["licence.revoked"] == history["licence.manager-relieved"] == 1
    assert (await clerks[1].reads(f"/licences/{licence}"))["points"]["total"] == 104
    assert (await clerks[1].reads(f"/projects/{project}"))["manager"] is None


async def test_district_deductions_that_both_reach_the_limit_propose_once(cities: list[City]) -> None:
    officers = [city.officer(subject=f"officer {number}") for number, city in enumerate(cities)]
    clerk = cities[0].clerk()
    company = await clerk.company()
    licence = await clerk.manager(company)
    await clerk.project(company)
    await asyncio.gather(*(officers[number % 2].deduct(licence, "V08", 13) for number in range(8)))
    history = Counter(event["type"] for event in await clerk.items(f"/licences/{licence}/history"))
    assert (history["licence.points-deducted"], history["licence.revocation-proposed"]) == (8, 1)
    assert (await clerk.reads(f"/licences/{licence}"))["status"] == "suspended"


async def test_an_area_amendment_and_an_appointment_never_pass_the_limit_together(cities: list[City]) -> None:
    clerks = [city.clerk() for city in cities]
    outcomes: Counter[tuple[int, int]] = Counter()
    for turn in range(12):
        company = await clerks[0].company()
        licence = await clerks[0].manager(company)
        held, free = await clerks[0].project(company, 100_000), await clerks[0].project(company, 80_000)
        await clerks[0].appoint(licence, held)
        amendment = clerks[turn % 2].post(
            f"/projects/{held}/area", {"building_area_m2": 120_000.01, "reason": "重新测绘"}
        )
        appointment = clerks[1 - turn % 2].post(f"/projects/{free}/manager", {"licence_id": licence})
        asked = [amendment, appointment] if turn % 4 < 2 else [appointment, amendment]
        answers = await asyncio.gather(*asked)
        outcomes[answers[0].status_code, answers[1].status_code] += 1
        (refused,) = (Problem.of(answer) for answer in answers if answer.status_code == 409)
        assert refused.broken == {"appointment.area-exceeded"}
        page = await clerks[turn % 2].reads(f"/licences/{licence}")
        assert sum(each["building_area_m2"] for each in page["appointments"]) <= 200_000
    assert set(outcomes) <= {(200, 409), (409, 200)}


async def test_closing_a_company_never_races_with_a_registration(cities: list[City]) -> None:
    clerks = [city.clerk() for city in cities]
    for turn in range(12):
        company = await clerks[0].company()
        licence = await clerks[0].applicant()
        await clerks[0].certify(licence)
        closing = clerks[turn % 2].post(f"/companies/{company}/closure", {"reason": "注销"})
        if turn % 3:
            other = clerks[1 - turn % 2].post(f"/licences/{licence}/registration", {"company_id": company})
        else:
            other = clerks[1 - turn % 2].post("/projects", estate(company))
        closed, registered = await asyncio.gather(closing, other)
        assert sorted((closed.is_success, registered.is_success)) == [False, True]
        page = await clerks[turn % 2].reads(f"/companies/{company}")
        assert (page["status"] == "closed") is closed.is_success
        assert page["managers"] + page["projects"] == (0 if closed.is_success else 1)


async def test_one_file_for_a_person_and_one_register_entry_for_a_name(cities: list[City]) -> None:
    clerks = [city.clerk() for city in cities]
    company = await clerks[0].company()
    body = {"holder": {"name": "李四", "id_number": "11010519491231002X", "phone": "1"}}
    answers = await asyncio.gather(*(clerks[number % 2].post("/licences", body) for number in range(10)))
    assert statuses(answers) == {201: 1, 409: 9}
    assert {code for answer in answers if answer.is_error for code in Problem.of(answer).broken} == {
        "licence.already-opened"
    }
    project = estate(company)
    answers = await asyncio.gather(*(clerks[number % 2].post("/projects", project) for number in range(10)))
    assert statuses(answers) == {201: 1, 409: 9}


async def test_a_retry_through_the_other_service_is_one_command(cities: list[City]) -> None:
    clerks = [city.clerk() for city in cities]
    body = {"name": "重试企业"}
    answers = await asyncio.gather(*(clerks[number % 2].post("/companies", body, key="k-1") for number in range(20)))
    done = [answer for answer in answers if answer.status_code == 201]
    assert statuses(answers) == {201: len(done)} | ({409: 20 - len(done)} if len(done) < 20 else {})
    assert {Problem.of(answer).code for answer in answers if answer.is_error} <= {"idempotency.in-progress"}
    assert len({answer.json()["id"] for answer in done}) == 1
    assert [answer.headers.get("idempotent-replayed") for answer in done].count(None) == 1
    again = Receipt.of("/companies", await clerks[1].post("/companies", body, key="k-1"))
    assert (again.id, again.replayed) == (done[0].json()["id"], True)
    assert len([item for item in await clerks[0].items("/companies") if item["name"] == "重试企业"]) == 1


async def test_a_version_that_the_other_service_has_moved_is_stale(cities: list[City]) -> None:
    clerks = [city.clerk() for city in cities]
    company = (await clerks[0].does("/companies", {"name": "甲企业"})).id
    for version in range(1, 13):
        here, there = clerks[version % 2], clerks[1 - version % 2]
        renaming = f"/companies/{company}/name", {"name": f"企业{version}"}
        assert (await here.does(*renaming, if_match=version)).version == version + 1
        problem = await there.fails(412, f"/companies/{company}/name", {"name": "不同"}, if_match=version)
        assert problem.code == "stale"
    answers = await asyncio.gather(
        *(clerks[n % 2].post(f"/companies/{company}/name", {"name": f"同时{n}"}, if_match=13) for n in range(20))
    )
    assert statuses(answers) == {200: 1, 412: 19}


async def test_a_rule_set_holds_at_once_at_the_other_service(cities: list[City]) -> None:
    clerks = [city.clerk() for city in cities]
    company = await clerks[0].company()
    licence = await clerks[1].manager(company)
    today = (await clerks[0].reads("/rule-sets/current"))["max_projects"]
    first, second = [await clerks[1].project(company, 1) for _ in range(2)]
    await clerks[1].appoint(licence, first)
    day = await clerks[0].day_of_appointment(first)
    one = {"version": "one project", "in_force_from": day, "max_projects": 1}
    await clerks[0].does("/rule-sets", one)
    assert await clerks[1].is_refused(f"/projects/{second}/manager", {"licence_id": licence}) == {
        "appointment.too-many-projects"
    }
    await clerks[1].does("/rule-sets", {"version": "as before", "in_force_from": day, "max_projects": today})
    await clerks[0].does(f"/projects/{second}/manager", {"licence_id": licence})


async def test_a_person_who_is_erased_here_is_gone_there(cities: list[City]) -> None:
    clerks = [city.clerk() for city in cities]
    company = await clerks[0].company()
    licence = await clerks[0].manager(company, "欧阳修")
    pages = (f"/licences/{licence}", f"/licences/{licence}?as_of=2999-12-31", f"/licences/{licence}/history")
    for clerk in clerks:
        assert ["欧阳" in str(await clerk.reads(page)) for page in pages] == [True, True, False]
        assert "欧*" in str(await clerk.reads(pages[2]))
    await clerks[0].does(f"/licences/{licence}/erasure", {"reason": "本人申请"})
    for clerk in clerks[::-1]:
        assert ["欧" in str(await clerk.reads(page)) for page in pages] == [False, False, False]


async def test_a_body_that_is_too_large_is_turned_away_by_the_real_service(cities: list[City]) -> None:
    clerk = cities[0].clerk()

    async def unannounced() -> AsyncIterator[bytes]:
        for _ in range(17):
            yield b" " * 65_536

    for content in (b" " * (2**20 + 1), unannounced()):
        answer = await clerk.ask("POST", "/companies", content=content, headers={"Content-Type": "application/json"})
        assert (Problem.of(answer).status, Problem.of(answer).code) == (413, "too-large")
    assert (await clerk.reads("/companies?limit=1"))["items"]


async def test_the_log_is_dense_and_every_stream_too(cities: list[City]) -> None:
    """Runs last in this file: after all that happened at once there is not a gap."""
    first, second = [await city.events() for city in cities]
    assert first == second
    assert [event["position"] for event in first] == list(range(1, len(first) + 1))
    versions: dict[object, list[object]] = {}
    for event in first:
        versions.setdefault(event["stream"], []).append(event["version"])
    assert all(found == list(range(1, len(found) + 1)) for found in versions.values())
    recorded = [str(event["recorded_at"]) for event in first]
    assert recorded == sorted(recorded)
