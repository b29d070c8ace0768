"""What was asked and refused, and what has happened, thing by thing."""

from uuid import UUID

from adapters.postgres.histories import LoggedHistories
from application.kernel.callers import Role
from application.kernel.pages import Actor
from domain.companies.company import COMPANY
from domain.companies.events import CompanyRegistered, CompanyRenamed
from domain.kernel.identifiers import Subject
from domain.kernel.rules import Broken
from domain.licensing.events import LicenceRequestRefused
from domain.licensing.folding import LICENCE
from domain.projects.events import ProjectRequestRefused
from domain.projects.project import PROJECT
from tests.adapters.postgres.read_models.town import Town
from tests.domain.licensing.practice import GREEN, HILLSIDE, LAKESIDE, LICENCE_ID, opened

TOO_MANY = Broken(code="appointment.too-many-projects", zh="至多二个", en="at most two", cites="Text 3 §2(1)")
MANAGER, PROJECT_STREAM = LICENCE.stream(LICENCE_ID), PROJECT.stream(LAKESIDE)


async def test_a_refused_request_is_found_under_every_thing_it_named(town: Town) -> None:
    await town.build()
    refused = ProjectRequestRefused(
        command="appoint-manager",
        asked={"project_id": LAKESIDE, "licence_id": LICENCE_ID},
        broken=(TOO_MANY,),
        about=(PROJECT_STREAM, MANAGER),
    )
    position = await town.tell_refused(PROJECT, LAKESIDE, refused)
    await town.follow()
    for thing in (PROJECT_STREAM, MANAGER):
        (entry,) = (await town.refusals.about(thing, limit=9)).items
        assert (entry.position, entry.command, entry.broken) == (position, "appoint-manager", (TOO_MANY,))
        assert entry.asked == {"project_id": str(LAKESIDE), "licence_id": str(LICENCE_ID)}
        assert entry.by == Actor(subject=Subject("clerk"), role=Role.MUNICIPAL)
        assert entry.recorded_at == town.clock.instant
    assert (await town.refusals.about(PROJECT.stream(HILLSIDE), limit=9)).items == ()


async def test_refusals_are_newest_first_page_by_page(town: Town) -> None:
    await town.build()
    refused = LicenceRequestRefused(command="deregister-practice", asked={}, broken=(TOO_MANY,), about=(MANAGER,))
    positions = [await town.tell_refused(LICENCE, LICENCE_ID, refused) for _ in range(3)]
    await town.follow()
    first = await town.refusals.about(MANAGER, limit=2)
    second = await town.refusals.about(MANAGER, before=first.next, limit=2)
    assert [entry.position for entry in (*first.items, *second.items)] == positions[::-1]
    assert second.next is None


async def test_a_history_is_every_event_with_who_and_when(town: Town) -> None:
    histories = LoggedHistories(town.store)
    await town.tell(COMPANY, UUID(int=77), CompanyRegistered(name="another", uscc=None))
    await town.tell(COMPANY, GREEN, CompanyRegistered(name="绿城物业", uscc=None))
    position = await town.tell(COMPANY, GREEN, CompanyRenamed(name="绿城服务"))
    first = await histories.of(COMPANY.stream(GREEN), limit=1)
    second = await histories.of(COMPANY.stream(GREEN), after=first.next, limit=1)
    assert [(entry.version, entry.type) for entry in (*first.items, *second.items)] == [
        (1, "company.registered"),
        (2, "company.renamed"),
    ]
    (renamed,) = second.items
    assert (renamed.position, renamed.data, second.next) == (position, {"name": "绿城服务"}, None)
    assert renamed.by == Actor(subject=Subject("clerk"), role=Role.MUNICIPAL)


async def test_a_history_masks_what_is_personal(town: Town) -> None:
    await town.tell(LICENCE, LICENCE_ID, opened())
    (entry,) = (await LoggedHistories(town.store).of(LICENCE.stream(LICENCE_ID), limit=9)).items
    assert entry.data["holder"] == {"name": "张*", "id_number": "3210**********1234", "phone": "138****5678"}
