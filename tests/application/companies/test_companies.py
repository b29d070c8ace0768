"""Companies on the register: one per code or provisional name, closed only when nothing holds them."""

import asyncio

import pytest

from application.companies.closing_company import ClosingCompany
from application.companies.identifying_company import IdentifyingCompany
from application.companies.registering_company import RegisteringCompany
from application.companies.renaming_company import RenamingCompany
from application.kernel.callers import Caller, Role
from application.kernel.permissions import Forbidden
from application.kernel.ports import Receipt
from application.kernel.refusals import RefusedOnRecord
from application.kernel.submission import Submission
from application.processes.deregistering_practice import DeregisteringPractice
from application.processes.registering_practice import RegisteringPractice
from application.processes.registering_project import RegisteringProject
from domain.companies.closing import CloseCompany
from domain.companies.company import COMPANY
from domain.companies.identification import IdentifyCompany
from domain.companies.naming import RenameCompany
from domain.companies.registration import RegisterCompany
from domain.companies.roster import ROSTER
from domain.companies.uscc import Uscc
from domain.kernel.errors import NoSuchThing
from domain.kernel.identifiers import CompanyId, Subject
from domain.licensing.registration import DeregisterPractice, RegisterPractice
from tests.application.city import CLERK, DISTRICT, DISTRICT_OFFICER, SYSTEM, City
from tests.domain.companies.builders import CODE, OTHER_CODE
from tests.domain.projects.builders import ask_for
from tests.domain.projects.builders import registered as project_registered


async def register(city: City, name: str, code: Uscc | None = None) -> CompanyId:
    return CompanyId((await city.ask(RegisteringCompany(city.identities), RegisterCompany(name=name, uscc=code))).id)


async def identify(city: City, company: CompanyId, code: Uscc) -> Receipt:
    return await city.ask(IdentifyingCompany(), IdentifyCompany(company_id=company, uscc=code))


async def rename(city: City, company: CompanyId, name: str) -> Receipt:
    return await city.ask(RenamingCompany(), RenameCompany(company_id=company, name=name))


async def close(city: City, company: CompanyId) -> Receipt:
    return await city.ask(ClosingCompany(), CloseCompany(company_id=company, reason="解散"))


async def version(city: City, company: CompanyId) -> int:
    stream = COMPANY.stream(company)
    return (await city.store.heads([stream]))[0][stream]


async def test_company_and_claim_are_one_append() -> None:
    city = await City.begun()
    before = await city.last_position()
    company = await register(city, "安居物业", CODE)
    first, second = await city.events(after=before)
    assert (first.type, first.stream, first.data) == (
        "company.registered",
        COMPANY.stream(company),
        {"name": "安居物业", "uscc": CODE},
    )
    assert (second.type, second.data) == ("claim.made", {"of": "company-code", "holder": str(company)})


async def test_a_taken_code_is_refused_under_the_company_that_has_it() -> None:
    city = await City.begun()
    company = await register(city, "安居物业", CODE)
    with pytest.raises(RefusedOnRecord, match=r"^company\.already-registered$"):
        await register(city, "和谐物业", CODE)
    refused = (await city.events())[-1]
    assert (refused.type, refused.stream) == ("company.request-refused", COMPANY.refusals(company))
    assert refused.data is not None
    assert refused.data["about"] == [COMPANY.stream(company)]
    assert refused.data["asked"] == {"name": "和谐物业", "uscc": CODE}


async def test_a_provisional_name_is_taken_once() -> None:
    city = await City.begun()
    company = await register(city, "安居物业")
    with pytest.raises(RefusedOnRecord, match=r"^company\.already-registered$"):
        await register(city, "安居物业")
    assert (await city.events())[-1].stream == COMPANY.refusals(company)
    await register(city, "安居物业", CODE)  # names are not unique, codes are


async def test_fifty_at_once_register_one_company() -> None:
    city = await City.begun()
    ledgers = [city.another_process() for _ in range(50)]
    use_case, asked = RegisteringCompany(city.identities), RegisterCompany(name="安居物业", uscc=CODE)
    answers = await asyncio.gather(
        *(each.submit(use_case, Submission(caller=CLERK), asked) for each in ledgers), return_exceptions=True
    )
    assert sum(not isinstance(answer, BaseException) for answer in answers) == 1
    assert sum(isinstance(answer, RefusedOnRecord) for answer in answers) == 49


async def test_an_identified_company_lets_go_of_its_provisional_name() -> None:
    city = await City.begun()
    company = await register(city, "安居物业")
    assert (await identify(city, company, CODE)).version == 2
    namesake = await register(city, "安居物业")
    with pytest.raises(RefusedOnRecord, match=r"^company\.already-registered$"):
        await identify(city, namesake, CODE)
    with pytest.raises(RefusedOnRecord, match=r"^company\.already-identified$"):
        await identify(city, company, OTHER_CODE)


async def test_a_renamed_provisional_company_lets_go_of_its_old_name() -> None:
    city = await City.begun()
    company = await register(city, "安居物业")
    await rename(city, company, "和谐物业")
    await register(city, "安居物业")
    with pytest.raises(RefusedOnRecord, match=r"^company\.already-registered$"):
        await rename(city, company, "安居物业")
    with pytest.raises(RefusedOnRecord, match=r"^company\.already-registered$"):
        await register(city, "和谐物业")


async def test_an_identified_company_takes_any_name() -> None:
    city = await City.begun()
    await register(city, "安居物业")
    company = await register(city, "和谐物业", CODE)
    assert (await rename(city, company, "安居物业")).version == 2


async def test_the_same_name_again_is_nothing_to_do() -> None:
    city = await City.begun()
    company = await register(city, "安居物业")
    before = await city.last_position()
    assert (await rename(city, company, "安居物业")).version == 1
    assert await city.last_position() == before


async def test_a_closed_company_keeps_code_and_name() -> None:
    city = await City.begun()
    for name, code in (("安居物业", CODE), ("和谐物业", None)):
        company = await register(city, name, code)
        await close(city, company)
        with pytest.raises(RefusedOnRecord, match=r"^company\.already-registered$"):
            await register(city, name, code)
        with pytest.raises(RefusedOnRecord, match=r"^company\.closed$"):
            await close(city, company)


async def test_managers_and_projects_leave_the_companys_version_alone() -> None:
    city = await City.begun()
    company = await register(city, "安居物业")
    licence = await city.manager(company)
    project = await city.estate(company)
    assert await version(city, company) == 1
    roster = await city.state(ROSTER, company)
    assert (roster.managers, dict(roster.projects)) == ({licence}, {project: DISTRICT})


async def test_a_company_is_closed_when_its_last_manager_has_left() -> None:
    city = await City.begun()
    company = await register(city, "安居物业")
    licence = await city.manager(company)
    with pytest.raises(RefusedOnRecord, match=r"^company\.has-registered-managers$"):
        await close(city, company)
    await city.ask(DeregisteringPractice(), DeregisterPractice(licence_id=licence, reason="离职"))
    assert (await close(city, company)).version == 2


async def test_a_company_with_projects_is_not_closed() -> None:
    city = await City.begun()
    company = await register(city, "安居物业")
    await city.estate(company)
    with pytest.raises(RefusedOnRecord, match=r"^company\.has-active-projects$"):
        await close(city, company)


async def test_closing_never_races_with_a_registration() -> None:
    for _ in range(10):
        city = await City.begun()
        company = await register(city, "安居物业")
        licence = await city.certified()
        one, two, three = (city.another_process() for _ in range(3))
        closed, registered, taken_on = await asyncio.gather(
            one.submit(ClosingCompany(), Submission(caller=CLERK), CloseCompany(company_id=company, reason="解散")),
            two.submit(
                RegisteringPractice("321000"),
                Submission(caller=CLERK),
                RegisterPractice(licence_id=licence, company_id=company),
            ),
            three.submit(
                RegisteringProject(),
                Submission(caller=CLERK),
                ask_for(project_registered(company_id=company)),
            ),
            return_exceptions=True,
        )
        refused = [isinstance(answer, RefusedOnRecord) for answer in (closed, registered, taken_on)]
        assert refused in ([True, False, False], [False, True, True])


async def test_a_registration_elsewhere_is_known_to_the_closing() -> None:
    city = await City.begun()
    company = await register(city, "安居物业")
    other = city.another_process()
    close_it = CloseCompany(company_id=company, reason="解散")
    stale = Submission(caller=CLERK, if_match=1)
    await city.manager(company)
    with pytest.raises(RefusedOnRecord, match=r"^company\.has-registered-managers$"):
        await other.submit(ClosingCompany(), stale, close_it)


async def test_only_the_authority_keeps_the_register() -> None:
    city = await City.begun()
    company = await register(city, "安居物业")
    own = Caller(subject=Subject("company"), role=Role.COMPANY, company=company)
    auditor = Caller(subject=Subject("auditor"), role=Role.AUDITOR)
    for caller in (own, DISTRICT_OFFICER, auditor):
        with pytest.raises(Forbidden):
            await city.ask(RenamingCompany(), RenameCompany(company_id=company, name="和谐物业"), by=caller)
    await city.ask(RenamingCompany(), RenameCompany(company_id=company, name="和谐物业"), by=SYSTEM)


async def test_a_company_that_does_not_exist() -> None:
    city = await City.begun()
    nobody = CompanyId(city.identities.new())
    for ask in (close(city, nobody), rename(city, nobody, "和谐物业"), identify(city, nobody, CODE)):
        with pytest.raises(NoSuchThing):
            await ask
