"""Load, decide, append: what one process knows is checked against the log before it is answered."""

import asyncio
from dataclasses import dataclass
from typing import ClassVar

import pytest

from application.companies.renaming_company import RenamingCompany
from application.kernel.dossier import Dossier
from application.kernel.ports import RetryKey
from application.kernel.refusals import KeyReused, RefusedOnRecord, StaleVersion
from application.kernel.submission import Answer, Submission
from application.processes.appointing_manager import AppointingManager
from application.processes.registering_practice import RegisteringPractice
from application.processes.relieving_manager import RelievingManager
from domain.companies.company import COMPANY
from domain.companies.naming import RenameCompany
from domain.kernel.errors import NoSuchThing
from domain.kernel.identifiers import CompanyId
from domain.licensing.appointment import AppointManager, RelieveManager
from domain.licensing.registration import RegisterPractice
from domain.projects.project import PROJECT
from tests.application.city import CLERK, City

KEY = RetryKey(digest=b"key", fingerprint=b"body")


async def test_what_another_process_recorded_is_known_to_a_refusal() -> None:
    city = await City.begun()
    company_id = await city.company()
    licence_id, successor = await city.manager(company_id), await city.manager(company_id)
    project_id = await city.estate(company_id)
    await city.appoint(licence_id, project_id)

    other = city.another_process()
    relieved = RelieveManager(project_id=project_id, reason="调岗")
    await other.submit(RelievingManager(), Submission(caller=CLERK), relieved)

    await city.appoint(successor, project_id)  # the first process still remembers a manager in office


async def test_what_another_process_recorded_is_known_to_an_acceptance() -> None:
    city = await City.begun()
    company_id = await city.company()
    licence_id = await city.manager(company_id)
    projects = [await city.estate(company_id, "10") for _ in range(3)]
    other = city.another_process()
    for ledger, project_id in zip((other, city.ledger), projects[:2], strict=True):
        asked = AppointManager(project_id=project_id, licence_id=licence_id)
        await ledger.submit(AppointingManager(), Submission(caller=CLERK), asked)
    asked = AppointManager(project_id=projects[2], licence_id=licence_id)
    with pytest.raises(RefusedOnRecord, match=r"^appointment\.too-many-projects$"):
        await other.submit(AppointingManager(), Submission(caller=CLERK), asked)


async def test_of_fifty_appointments_at_once_one_succeeds_when_one_place_is_left() -> None:
    city = await City.begun()
    company_id = await city.company()
    licence_id = await city.manager(company_id)
    projects = [await city.estate(company_id, "10") for _ in range(51)]
    await city.appoint(licence_id, projects[0])
    processes = (city.ledger, city.another_process())

    answers = await asyncio.gather(
        *(
            processes[nth % 2].submit(
                AppointingManager(),
                Submission(caller=CLERK),
                AppointManager(project_id=project_id, licence_id=licence_id),
            )
            for nth, project_id in enumerate(projects[1:])
        ),
        return_exceptions=True,
    )

    assert sum(isinstance(answer, Answer) for answer in answers) == 1
    assert sum(isinstance(answer, RefusedOnRecord) for answer in answers) == 49
    assert len((await city.licence(licence_id)).appointments) == 2


async def test_numbers_of_simultaneous_registrations_are_consecutive() -> None:
    city = await City.begun()
    company_id = await city.company()
    licences = [await city.certified() for _ in range(50)]
    processes = (city.ledger, city.another_process())
    await asyncio.gather(
        *(
            processes[nth % 2].submit(
                RegisteringPractice("321000"),
                Submission(caller=CLERK),
                RegisterPractice(licence_id=licence_id, company_id=company_id),
            )
            for nth, licence_id in enumerate(licences)
        )
    )
    numbers = [(await city.licence(licence_id)).registrations[0].licence_number for licence_id in licences]
    assert sorted(numbers) == [f"PM-321000-2026-{serial:06}" for serial in range(1, 51)]


async def test_a_refusal_is_recorded_beside_every_thing_named_and_changes_no_version() -> None:
    city = await City.begun()
    licence_id = await city.applicant()
    project_id = await city.estate(await city.company())
    version = (await city.store.heads([PROJECT.stream(project_id)]))[0]
    with pytest.raises(RefusedOnRecord) as refusal:
        await city.appoint(licence_id, project_id)
    recorded = (await city.events(after=refusal.value.position - 1))[0]
    assert recorded.type == "project.request-refused"
    assert recorded.stream == f"project-refusals-{project_id}"
    assert recorded.data is not None
    assert recorded.data["about"] == [f"project-{project_id}", f"licence-{licence_id}"]
    assert recorded.data["asked"] == {"project_id": str(project_id), "licence_id": str(licence_id)}
    assert recorded.data["command"] == "appoint-manager"
    assert [rule["code"] for rule in recorded.data["broken"]] == [  # type: ignore[attr-defined] # JSON of the feed
        "appointment.not-registered",
        "appointment.certificate-not-valid",
    ]
    assert (await city.store.heads([PROJECT.stream(project_id)]))[0] == version


async def test_a_retry_with_the_same_key_gets_the_same_receipt_whatever_has_happened_since() -> None:
    city = await City.begun()
    company_id = await city.company("甲")
    asked = RenameCompany(company_id=company_id, name="乙")
    first = await city.answer(RenamingCompany(), asked, retry_key=KEY)
    await city.ask(RenamingCompany(), RenameCompany(company_id=company_id, name="丙"))
    again = await city.answer(RenamingCompany(), asked, retry_key=KEY, if_match=1)
    assert again == Answer(first.receipt, replayed=True)


async def test_simultaneous_requests_with_one_key_are_accepted_once() -> None:
    city = await City.begun()
    company_id = await city.company("甲")
    asked = RenameCompany(company_id=company_id, name="乙")
    sent = Submission(caller=CLERK, retry_key=KEY)
    processes = (city.ledger, city.another_process())
    answers = await asyncio.gather(*(process.submit(RenamingCompany(), sent, asked) for process in processes * 5))
    assert len({answer.receipt.position for answer in answers}) == 1
    assert sum(not answer.replayed for answer in answers) == 1


async def test_a_key_used_for_another_request_is_refused() -> None:
    city = await City.begun()
    company_id = await city.company("甲")
    await city.ask(RenamingCompany(), RenameCompany(company_id=company_id, name="乙"), retry_key=KEY)
    other = RetryKey(digest=KEY.digest, fingerprint=b"another body")
    with pytest.raises(KeyReused):
        await city.ask(RenamingCompany(), RenameCompany(company_id=company_id, name="丙"), retry_key=other)


async def test_a_version_that_has_passed_is_stale() -> None:
    city = await City.begun()
    company_id = await city.company("甲")
    await city.ask(RenamingCompany(), RenameCompany(company_id=company_id, name="乙"), if_match=1)
    with pytest.raises(StaleVersion) as stale:
        await city.ask(RenamingCompany(), RenameCompany(company_id=company_id, name="丙"), if_match=1)
    assert stale.value.present == 2


async def test_nothing_to_do_leaves_version_and_log_as_they_are() -> None:
    city = await City.begun()
    company_id = await city.company("甲")
    position = await city.last_position()
    receipt = await city.ask(RenamingCompany(), RenameCompany(company_id=company_id, name="甲"))
    assert (receipt.id, receipt.version, receipt.position) == (company_id, 1, position)
    assert await city.last_position() == position


async def test_that_there_was_nothing_to_do_is_the_answer_to_every_retry() -> None:
    city = await City.begun()
    company_id = await city.company("甲")
    asked = RenameCompany(company_id=company_id, name="甲")
    first = await city.answer(RenamingCompany(), asked, retry_key=KEY)
    await city.ask(RenamingCompany(), RenameCompany(company_id=company_id, name="乙"))
    position = await city.last_position()
    assert await city.answer(RenamingCompany(), asked, retry_key=KEY) == Answer(first.receipt, replayed=True)
    assert await city.last_position() == position


async def test_a_thing_that_is_not_there_is_not_found_and_not_recorded() -> None:
    city = await City.begun()
    position = await city.last_position()
    with pytest.raises(NoSuchThing):
        await city.ask(RenamingCompany(), RenameCompany(company_id=CompanyId(city.identities.new()), name="乙"))
    assert await city.last_position() == position


@dataclass(frozen=True, slots=True)
class Careless:
    """A use case that forgets to ask who may."""

    command: ClassVar[str] = "be-careless"

    async def __call__(self, dossier: Dossier, asked: RenameCompany) -> None:
        await dossier.open(COMPANY, asked.company_id)


async def test_a_use_case_that_does_not_ask_who_may_is_stopped() -> None:
    city = await City.begun()
    company_id = await city.company("甲")
    with pytest.raises(PermissionError):
        await city.ask(Careless(), RenameCompany(company_id=company_id, name="乙"))
