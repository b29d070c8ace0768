"""Who may name an attachment: who has uploaded it, and who may read it; nobody because they know its id."""

from uuid import UUID

import pytest

from application.attachments.naming import NamingAttachments
from application.attachments.readers import Readable, Readers
from application.kernel.callers import Caller, Role
from application.kernel.permissions import Operation, Thing
from domain.kernel.identifiers import AttachmentId, CompanyId, ProjectId, Subject
from tests.application.attachments.shelf import Shelf

PHOTO, OTHER, MISSING = (AttachmentId(digit * 64) for digit in "abc")
LAKESIDE, HILLSIDE = (ProjectId(UUID(int=number)) for number in (1, 2))
OURS = CompanyId(UUID(int=3))
LEAK = UUID(int=4)


def resident(name: str, project: ProjectId = LAKESIDE) -> Caller:
    return Caller(subject=Subject(name), role=Role.RESIDENT, project=project)


REPORTER, NEIGHBOUR, STRANGER = resident("wang"), resident("li"), resident("zhao", HILLSIDE)
OFFICE = Caller(subject=Subject("desk"), role=Role.COMPANY, company=OURS)


async def scope(thing_id: UUID) -> Thing | None:
    """Answer whose request the leak is: the reporter's, at the lakeside, which is ours."""
    if thing_id != LEAK:
        return None
    return Thing(companies=frozenset({OURS}), projects=frozenset({LAKESIDE}), reporters=frozenset({REPORTER.subject}))


@pytest.fixture
def shelf() -> Shelf:
    shelf = Shelf()
    shelf.bring(PHOTO, REPORTER.subject)
    return shelf


@pytest.fixture
def readers(shelf: Shelf) -> Readers:
    request = Readable(operation=Operation.READ_SERVICE_REQUESTS, scope=scope)
    return Readers(register=shelf, readable={"service-request": request})


@pytest.fixture
def naming(shelf: Shelf, readers: Readers) -> NamingAttachments:
    return NamingAttachments(register=shelf, readers=readers)


async def may_read(readers: Readers, caller: Caller, attachment: AttachmentId) -> bool:
    found = await readers.register.find(attachment)
    return found is not None and await readers.include(caller, found)


async def test_what_nothing_names_is_named_by_who_has_uploaded_it(naming: NamingAttachments) -> None:
    assert await naming.known([PHOTO], to=REPORTER) == {PHOTO}
    for other in (NEIGHBOUR, STRANGER, OFFICE):
        assert await naming.known([PHOTO], to=other) == frozenset()


async def test_what_a_request_names_is_named_by_who_may_read_the_request(
    naming: NamingAttachments, shelf: Shelf
) -> None:
    shelf.name(PHOTO, "service-request", LEAK)
    assert await naming.known([PHOTO], to=OFFICE) == {PHOTO}
    for other in (NEIGHBOUR, STRANGER):
        assert await naming.known([PHOTO], to=other) == frozenset()


async def test_what_has_just_been_named_is_waited_for(naming: NamingAttachments, shelf: Shelf) -> None:
    shelf.name(PHOTO, "service-request", LEAK)
    assert await shelf.namings(PHOTO) == []
    assert await naming.known([PHOTO, MISSING], to=OFFICE) == {PHOTO}


async def test_everybody_who_uploads_the_same_has_uploaded_it(
    naming: NamingAttachments, readers: Readers, shelf: Shelf
) -> None:
    shelf.bring(PHOTO, STRANGER.subject)
    for uploader in (REPORTER, STRANGER):
        assert await may_read(readers, uploader, PHOTO)
        assert await naming.known([PHOTO], to=uploader) == {PHOTO}


async def test_who_has_uploaded_it_may_name_it_also_when_others_have_named_it_first(
    naming: NamingAttachments, readers: Readers, shelf: Shelf
) -> None:
    shelf.bring(PHOTO, STRANGER.subject)
    shelf.name(PHOTO, "service-request", LEAK)
    await shelf.catch_up()
    assert not await may_read(readers, STRANGER, PHOTO)
    assert await naming.known([PHOTO], to=STRANGER) == {PHOTO}


async def test_a_kind_of_thing_that_lets_nobody_read_lets_nobody_name(naming: NamingAttachments, shelf: Shelf) -> None:
    shelf.name(PHOTO, "company", LEAK)
    shelf.name(PHOTO, "service-request", UUID(int=9))
    assert await naming.known([PHOTO], to=OFFICE) == frozenset()


async def test_only_what_the_caller_knows_begins_its_time_anew(naming: NamingAttachments, shelf: Shelf) -> None:
    shelf.bring(OTHER, STRANGER.subject)
    assert await naming.known([PHOTO, OTHER, MISSING], to=REPORTER) == {PHOTO}
    assert shelf.wanted == {PHOTO}


async def test_what_expires_meanwhile_is_not_known(naming: NamingAttachments, shelf: Shelf) -> None:
    shelf.expiring.add(PHOTO)
    assert await naming.known([PHOTO], to=REPORTER) == frozenset()


async def test_nothing_is_asked_where_nothing_is_named(naming: NamingAttachments, shelf: Shelf) -> None:
    shelf.name(PHOTO, "service-request", LEAK)
    assert await naming.known([], to=OFFICE) == frozenset()
    assert await shelf.namings(PHOTO) == []
