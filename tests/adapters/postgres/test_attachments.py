"""The register of attachments: one row a content, names from the log, and expiry that overtakes nobody."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from adapters.postgres.attachments import LEAST_TIME, PostgresAttachments
from adapters.postgres.read_models.attachment_names import ATTACHMENT_NAMES
from application.attachments.expiring import expire_unnamed
from application.attachments.ports import BlobsUnavailable, Naming
from application.kernel.ports import Unavailable
from application.kernel.refusals import ReadModelBehind
from domain.kernel.identifiers import AttachmentId
from tests.adapters.postgres.attached import CLERK, DAY, RESIDENT, Attached, hash_of, photo
from tests.adapters.postgres.read_models.town import Town
from tests.adapters.postgres.servers import Server
from tests.adapters.postgres.waiting import until

_WAITING = """
    select exists (
        select from pg_locks as l join pg_stat_activity as a using (pid)
        where not l.granted and a.query like '%insert into attachments %' and a.pid <> pg_backend_pid()
    )
"""


@pytest.fixture
async def attached(server: Server, tmp_path: Path) -> AsyncIterator[Attached]:
    async with Town(server.url) as town:
        await town.build(ATTACHMENT_NAMES)
        yield Attached(town, tmp_path)


async def test_a_content_is_kept_once_whoever_uploads_it(attached: Attached) -> None:
    content = photo()
    assert await attached.upload(content) == await attached.upload(content, by=RESIDENT) == hash_of(content)
    found = await attached.register.find(hash_of(content))
    assert found is not None
    assert found.attachment.media_type == "image/png"
    assert found.attachment.size == len(content)
    assert found.uploaded_by == {CLERK.subject, RESIDENT.subject}
    assert await attached.left() == 1


async def test_the_register_says_when_it_was_brought_first(attached: Attached) -> None:
    first = attached.town.clock.instant
    content = photo()
    await attached.upload(content)
    attached.town.clock.instant = first + DAY
    await attached.upload(content)
    rows = await attached.town.direct.fetch("select subject, uploaded_at from attachment_uploads")
    assert [(row["subject"], row["uploaded_at"]) for row in rows] == [(CLERK.subject, first)]


async def test_only_what_is_here_is_known(attached: Attached) -> None:
    here, missing = await attached.upload(), hash_of(photo())
    assert await attached.register.want([here, missing]) == {here}
    assert await attached.register.want([]) == frozenset()


async def test_what_was_announced_and_never_came_is_not_here(
    attached: Attached, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = photo()
    with monkeypatch.context() as patched:
        patched.setattr(attached.blobs, "put", _broken)
        with pytest.raises(BlobsUnavailable):
            await attached.upload(content)
    assert not await attached.is_here(hash_of(content))
    assert await attached.register.want([hash_of(content)]) == frozenset()
    await attached.time_passes(2 * DAY)
    assert await attached.expire() == 1
    assert await attached.left() == 0


async def _broken(*_: object) -> None:
    raise BlobsUnavailable


async def test_what_comes_too_late_is_not_here(attached: Attached) -> None:
    with pytest.raises(Unavailable):
        await attached.register.arrived(hash_of(photo()))


async def test_events_name_what_they_hold(attached: Attached) -> None:
    first, second = await attached.upload(), await attached.upload()
    licence = await attached.name(first, "照片一张", second, first)
    other = await attached.name(first)
    await attached.follow()
    named = Naming(aggregate="licence", thing_id=licence)
    assert set(await attached.register.namings(first)) == {named, Naming(aggregate="licence", thing_id=other)}
    assert await attached.register.namings(second) == [named]
    assert await attached.register.namings(hash_of(photo())) == []


async def test_evidence_that_was_not_found_to_be_an_attachment_names_none(attached: Attached) -> None:
    attachment = await attached.upload()
    await attached.charge((attachment,), attachments=())
    await attached.follow()
    assert await attached.register.namings(attachment) == []
    await attached.time_passes(2 * DAY)
    assert await attached.expire() == 1


async def test_evidence_of_which_nothing_was_found_out_names_all_that_could_be(attached: Attached) -> None:
    attachment = await attached.upload()
    licence = await attached.charge(("照片一张", attachment), attachments=None)
    await attached.follow()
    assert await attached.register.namings(attachment) == [Naming(aggregate="licence", thing_id=licence)]
    await attached.time_passes(2 * DAY)
    assert await attached.expire() == 0


async def test_what_was_named_before_is_found_once_it_is_caught_up_with(attached: Attached) -> None:
    attachment = await attached.upload()
    licence = await attached.name(attachment)
    assert await attached.register.namings(attachment) == []
    await attached.register.catch_up()
    assert await attached.register.namings(attachment) == [Naming(aggregate="licence", thing_id=licence)]


async def test_what_is_unnamed_expires_and_what_is_named_stays(attached: Attached) -> None:
    named, unnamed = await attached.upload(), await attached.upload()
    await attached.name(named)
    await attached.time_passes(2 * DAY)
    assert await attached.expire() == 1
    assert await attached.is_here(named)
    assert not await attached.is_here(unnamed)
    assert not await attached.blobs.exists(unnamed)
    assert await attached.expire() == 0
    assert await attached.left() == 1


async def test_what_is_named_stays_for_ever(attached: Attached) -> None:
    named = await attached.upload()
    await attached.name(named)
    for _ in range(3):
        await attached.time_passes(400 * DAY)
        assert await attached.expire() == 0
    assert await attached.is_here(named)


@pytest.mark.parametrize(("age", "expires"), [(timedelta(hours=23), False), (timedelta(hours=25), True)])
async def test_an_attachment_has_its_time(attached: Attached, age: timedelta, *, expires: bool) -> None:
    attachment = await attached.upload()
    await attached.time_passes(age)
    assert await attached.expire() == expires
    assert await attached.is_here(attachment) is not expires


async def test_uploading_again_begins_its_time_anew(attached: Attached) -> None:
    content = photo()
    await attached.upload(content)
    await attached.time_passes(2 * DAY)
    await attached.upload(content, by=RESIDENT)
    assert await attached.expire() == 0
    assert await attached.is_here(hash_of(content))


async def test_a_command_that_is_about_to_name_it_begins_its_time_anew(attached: Attached) -> None:
    attachment = await attached.upload()
    await attached.time_passes(2 * DAY)
    assert await attached.register.want([attachment]) == {attachment}
    assert await attached.expire() == 0
    await attached.name(attachment)
    await attached.time_passes(2 * DAY)
    assert await attached.expire() == 0
    assert await attached.is_here(attachment)


async def test_a_command_that_asks_after_the_sweep_has_chosen_keeps_it(attached: Attached) -> None:
    attachment = await attached.upload()
    await attached.time_passes(2 * DAY)
    assert await attached.register.unnamed(DAY) == [attachment]
    assert await attached.register.want([attachment]) == {attachment}
    assert not await attached.register.withdraw(attachment, DAY)
    assert await attached.is_here(attachment)


async def test_what_is_withdrawn_is_known_to_no_command(attached: Attached) -> None:
    attachment = await attached.upload()
    await attached.time_passes(2 * DAY)
    assert await attached.register.withdraw(attachment, DAY)
    assert await attached.register.want([attachment]) == frozenset()
    assert not await attached.is_here(attachment)


async def test_a_sweep_that_was_interrupted_is_gone_on_with(attached: Attached) -> None:
    attachment = await attached.upload()
    await attached.time_passes(2 * DAY)
    await attached.register.withdraw(attachment, DAY)
    await attached.blobs.delete(attachment)
    assert await attached.expire() == 1
    assert await attached.left() == 0


async def test_contents_that_cannot_be_removed_are_removed_later(
    attached: Attached, monkeypatch: pytest.MonkeyPatch
) -> None:
    attachment = await attached.upload()
    await attached.time_passes(2 * DAY)
    with monkeypatch.context() as patched:
        patched.setattr(attached.blobs, "delete", _broken)
        with pytest.raises(BlobsUnavailable):
            await attached.expire()
    assert not await attached.is_here(attachment)
    assert await attached.expire() == 1
    assert not await attached.blobs.exists(attachment)


async def test_an_upload_revives_what_was_withdrawn(attached: Attached) -> None:
    content = photo()
    attachment = await attached.upload(content)
    await attached.time_passes(2 * DAY)
    await attached.register.withdraw(attachment, DAY)
    await attached.blobs.delete(attachment)
    await attached.upload(content)
    async with attached.register.removal(attachment, DAY) as is_due:
        assert not is_due
    assert await attached.is_here(attachment)


async def test_an_upload_waits_until_the_same_content_has_been_removed(attached: Attached) -> None:
    content = photo()
    attachment = await attached.upload(content)
    await attached.time_passes(2 * DAY)
    await attached.register.withdraw(attachment, DAY)
    async with attached.register.removal(attachment, DAY) as is_due:
        assert is_due
        again = asyncio.create_task(attached.upload(content))
        await until(lambda: attached.town.direct.fetchval(_WAITING))
        await attached.blobs.delete(attachment)
    assert await again == attachment
    assert await attached.is_here(attachment)


async def test_nothing_expires_while_the_names_are_behind_the_log(attached: Attached) -> None:
    async def behind(_: int | None) -> None:
        raise ReadModelBehind

    attachment = await attached.upload()
    await attached.name(attachment)
    await attached.time_passes(2 * DAY)
    register = PostgresAttachments(attached.town.database, attached.town.clock, behind)
    with pytest.raises(ReadModelBehind):
        await expire_unnamed(register, attached.blobs, DAY)
    assert await attached.is_here(attachment)


async def test_nothing_expires_before_the_names_were_ever_built(server: Server, tmp_path: Path) -> None:
    async with Town(server.url) as town:
        attached = Attached(town, tmp_path)
        attachment = await attached.upload()
        await attached.time_passes(2 * DAY)
        with pytest.raises(ReadModelBehind):
            await attached.expire()
        assert await attached.is_here(attachment)


async def test_a_time_too_short_for_commands_on_their_way_is_refused(attached: Attached) -> None:
    with pytest.raises(ValueError, match="at least"):
        await attached.expire(LEAST_TIME - timedelta(seconds=1))


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_happens_at_once_what_is_named_or_uploaded_again_is_here(attached: Attached, seed: int) -> None:
    random = Random(seed)
    contents = [photo() for _ in range(24)]
    attachments = [await attached.upload(content) for content in contents]
    await attached.time_passes(2 * DAY)
    named: set[AttachmentId] = set()
    again: set[AttachmentId] = set()

    async def pause() -> None:
        for _ in range(random.randrange(40)):
            await asyncio.sleep(0)

    async def command(attachment: AttachmentId) -> None:
        await pause()
        if await attached.register.want([attachment]):
            await pause()
            await attached.name(attachment)
            named.add(attachment)

    async def upload(content: bytes) -> None:
        await pause()
        again.add(await attached.upload(content, by=RESIDENT))

    async def sweep() -> None:
        # each follows the log by a connection of its own; here it is one, so they take turns
        await pause()
        await attached.expire()

    acts = [
        *(command(attachment) for attachment in attachments[:16]),
        *(upload(content) for content in contents[8:20]),
        sweep(),
    ]
    random.shuffle(acts)
    await asyncio.gather(*acts)
    await attached.time_passes(DAY / 2)
    await attached.expire()
    assert {each for each in attachments if await attached.is_here(each)} >= named | again
    for gone in set(attachments) - named - again:
        assert not await attached.is_here(gone)
        assert not await attached.blobs.exists(gone)
