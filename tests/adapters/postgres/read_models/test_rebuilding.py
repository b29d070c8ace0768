"""A rebuild fills a table beside the one in use and switches when both are the same; nobody waits, nobody sees half."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from adapters.postgres import checkpoints
from adapters.postgres.beginning import begin, roll_back
from adapters.postgres.checkpoints import State
from adapters.postgres.connection import Connection, Database
from adapters.postgres.read_models.companies import COMPANIES
from adapters.postgres.read_models.deductions import DEDUCTIONS
from adapters.postgres.read_models.licences import LICENCES
from adapters.postgres.read_models.model import ReadModel
from adapters.postgres.read_models.versions import Differences
from adapters.postgres.rebuilding import AlreadyRebuilding, GivenUp, Progress, rebuild
from domain.companies.company import COMPANY
from domain.companies.events import CompanyRegistered, CompanyRenamed
from domain.kernel.identifiers import LicenceId
from domain.licensing.folding import LICENCE
from tests.adapters.postgres.read_models.lives import lived
from tests.adapters.postgres.read_models.town import Town, reshaped
from tests.adapters.postgres.waiting import until

SAME = Differences(0, 0, 0)


class Interrupted(Exception):
    """The process is killed."""


@pytest.fixture
async def peopled(town: Town) -> Town:
    """A city with some lives on its log, followed by its read models."""
    await town.build()
    for seed in range(1, 11):
        await town.tell(LICENCE, UUID(int=seed), *lived(seed))
    await town.follow()
    return town


async def test_what_is_rebuilt_equals_what_was_live(peopled: Town) -> None:
    models: tuple[ReadModel[Any], ...] = (LICENCES, DEDUCTIONS)
    for model in models:
        before = await peopled.rows(model)
        rebuilt = await rebuild(peopled.database, peopled.facts, model, chunk=20)
        assert (rebuilt.version, rebuilt.differences) == (2, SAME)
        assert await peopled.rows(model) == before == await peopled.rows(model, f"{model.name}_2")
        assert [state for state, _ in (await peopled.checkpoint(model.name)).values()] == ["retired", "live"]


async def test_what_differs_from_the_live_version_is_reported_and_put_right(peopled: Town) -> None:
    right = await peopled.rows(LICENCES)
    await peopled.direct.execute("delete from licences_1 where id = $1", right[0].id)
    await peopled.direct.execute("update licences_1 set name = '李四' where id = $1", right[1].id)
    await peopled.direct.execute(
        "insert into licences_1 select gen_random_uuid(), position, opened, version, status, number, company_id, "
        "employer_id, name, id_number, phone, appointments, file from licences_1 where id = $1",
        right[2].id,
    )
    rebuilt = await rebuild(peopled.database, peopled.facts, LICENCES)
    assert rebuilt.differences == Differences(added=1, missing=1, changed=1)
    assert await peopled.rows(LICENCES) == right


async def test_an_interrupted_rebuild_goes_on_where_it_was(peopled: Town) -> None:
    seen: list[Progress] = []

    def until_the_middle(progress: Progress) -> None:
        seen.append(progress)
        if progress.position > progress.target // 2:
            raise Interrupted

    with pytest.raises(Interrupted):
        await rebuild(peopled.database, peopled.facts, LICENCES, progress=until_the_middle, chunk=10)
    stopped_at = seen[-1].position
    assert (await peopled.checkpoint("licences"))[2] == ("building", stopped_at)
    seen.clear()
    rebuilt = await rebuild(peopled.database, peopled.facts, LICENCES, progress=seen.append, chunk=10)
    assert seen[0].position == stopped_at
    assert seen[-1].position == seen[-1].target
    assert (rebuilt.version, rebuilt.differences) == (2, SAME)


async def test_what_is_appended_meanwhile_is_not_lost(peopled: Town) -> None:
    company = UUID(int=77)

    async def append() -> None:
        for number in range(50):
            name = CompanyRegistered(name="0", uscc=None) if not number else CompanyRenamed(name=str(number))
            await peopled.tell(COMPANY, company, name)
            await peopled.follow()

    appending = asyncio.create_task(append())
    while not appending.done():
        rebuilt = await rebuild(peopled.database, peopled.facts, COMPANIES, chunk=3)
        assert rebuilt.differences == SAME
    await appending
    await peopled.follow()
    assert [row.name for row in await peopled.rows(COMPANIES)] == ["49"]


async def test_readers_see_all_of_one_version_while_it_is_switched(peopled: Town) -> None:
    count = len(await peopled.rows(LICENCES))
    rebuilding = asyncio.create_task(rebuild(peopled.database, peopled.facts, LICENCES, chunk=20))
    counted = set()
    while not rebuilding.done():
        counted.add(len(await peopled.database.fetch("select id from licences")))
    await rebuilding
    counted.add(len(await peopled.database.fetch("select id from licences")))
    assert counted == {count}


async def test_a_reader_who_takes_long_delays_the_switch_and_not_the_others(peopled: Town) -> None:
    reader = await peopled.database.connect(purpose="slow reader")
    slow = reader.transaction()
    await slow.start()
    count = await reader.fetchval("select count(*) from licences")
    rebuilding = asyncio.create_task(rebuild(peopled.database, peopled.facts, LICENCES))
    await until(lambda: _somebody_waits(peopled))
    async with asyncio.timeout(5):
        assert await peopled.direct.fetchval("select count(*) from licences") == count
    await until(lambda: _somebody_waits(peopled))
    assert not rebuilding.done()
    await slow.rollback()
    await reader.close()
    assert (await rebuilding).differences == SAME


async def _somebody_waits(town: Town) -> bool:
    waiting = "select exists (select from pg_locks where not granted and relation = 'licences'::regclass)"
    return bool(await town.direct.fetchval(waiting))


async def test_a_read_model_of_another_shape_is_read_until_the_new_one_is_built(peopled: Town) -> None:
    newer = reshaped(COMPANIES)
    await peopled.tell(COMPANY, UUID(int=77), CompanyRegistered(name="绿城物业", uscc=None))
    await peopled.follow(peopled.following(newer))
    assert await peopled.rows(COMPANIES) == []
    rebuilt = await rebuild(peopled.database, peopled.facts, newer)
    assert rebuilt.differences is None
    assert [row.name for row in await peopled.rows(newer)] == ["绿城物业"]
    await peopled.tell(COMPANY, UUID(int=77), CompanyRenamed(name="绿城服务"))
    await peopled.follow(peopled.following(newer))
    assert [row.name for row in await peopled.rows(newer)] == ["绿城服务"]


async def test_the_version_before_is_kept_and_can_be_read_again(peopled: Town) -> None:
    await rebuild(peopled.database, peopled.facts, LICENCES)
    await peopled.tell(LICENCE, UUID(int=99), *lived(99))
    await peopled.follow()
    assert await roll_back(peopled.direct, LICENCES)
    rebuilt = await rebuild(peopled.database, peopled.facts, LICENCES)
    assert (rebuilt.version, rebuilt.differences) == (1, SAME)
    head = await peopled.facts.head(peopled.direct)
    assert await peopled.checkpoint("licences") == {1: ("live", head), 2: ("retired", head)}
    assert len(await peopled.rows(LICENCES)) == 11


async def test_the_next_rebuild_gives_up_the_version_before_last(peopled: Town) -> None:
    for _ in range(2):
        await rebuild(peopled.database, peopled.facts, LICENCES)
    assert list(await peopled.checkpoint("licences")) == [2, 3]
    assert await peopled.direct.fetchval("select to_regclass('licences_1')") is None
    assert not await roll_back(peopled.direct, DEDUCTIONS)


async def test_a_program_that_is_put_back_takes_up_its_own_version_again(peopled: Town) -> None:
    newer = reshaped(LICENCES)
    await rebuild(peopled.database, peopled.facts, newer)
    rebuilt = await rebuild(peopled.database, peopled.facts, LICENCES)
    assert (rebuilt.version, rebuilt.differences) == (1, None)
    assert len(await peopled.rows(LICENCES)) == 10


async def test_an_older_shape_that_names_the_erased_is_not_kept(peopled: Town) -> None:
    newer = reshaped(LICENCES)
    await peopled.tell(LICENCE, UUID(int=99), lived(99)[0])
    await peopled.follow()
    await peopled.erase(LicenceId(UUID(int=99)))
    await rebuild(peopled.database, peopled.facts, newer)
    assert list(await peopled.checkpoint("licences")) == [2]
    assert await peopled.direct.fetchval("select to_regclass('licences_1')") is None


async def test_an_older_shape_kept_for_a_roll_back_goes_when_somebody_is_erased(peopled: Town) -> None:
    newer = reshaped(LICENCES)
    await peopled.tell(LICENCE, UUID(int=99), lived(99)[0])
    await peopled.follow()
    await rebuild(peopled.database, peopled.facts, newer)
    assert list(await peopled.checkpoint("licences")) == [1, 2]
    await peopled.erase(LicenceId(UUID(int=99)))
    await peopled.follow(peopled.following(newer))
    assert list(await peopled.checkpoint("licences")) == [2]


async def test_only_one_process_rebuilds_a_read_model(peopled: Town) -> None:
    async def another() -> None:
        with pytest.raises(AlreadyRebuilding):
            await rebuild(peopled.database, peopled.facts, LICENCES)

    def another_begins(_: Progress) -> None:
        if not others:
            others.append(asyncio.ensure_future(another()))

    others: list[asyncio.Future[None]] = []
    rebuilt = await rebuild(
        peopled.database,
        peopled.facts,
        LICENCES,
        progress=another_begins,
        chunk=5,
    )
    await asyncio.gather(*others)
    assert rebuilt.version == 2


async def test_a_rebuild_whose_table_was_taken_away_gives_up(peopled: Town) -> None:
    def newer_program_begins(_: Progress) -> None:
        if not tasks:
            tasks.append(asyncio.ensure_future(begin(peopled.direct, reshaped(LICENCES))))

    tasks: list[asyncio.Task[Any]] = []
    with pytest.raises(GivenUp):
        await rebuild(peopled.database, peopled.facts, LICENCES, progress=newer_program_begins, chunk=1)
    await asyncio.gather(*tasks)
    present = [each for each in await checkpoints.all_of(peopled.direct) if each.name == "licences"]
    shapes = (LICENCES.shape, reshaped(LICENCES).shape)
    assert [(each.shape, each.state) for each in present] == [*zip(shapes, (State.LIVE, State.BUILDING), strict=True)]


async def test_a_fold_that_fails_leaves_the_live_version_alone(peopled: Town) -> None:
    def fail(*_: Any) -> Any:
        raise LookupError("a mistake in the fold")

    before = await peopled.rows(LICENCES)
    with pytest.raises(Exception, match="cannot be folded"):
        await rebuild(peopled.database, peopled.facts, replace(LICENCES, fold=fail))
    assert await peopled.rows(LICENCES) == before


class Impatient(Database):
    """Gives a rebuild's statements no time at all, unless it is told that they may take theirs."""

    async def connect(self, *, purpose: str = "guanjia", patience: float | None = 30.0) -> Connection:
        """Open a connection."""
        is_hurried = purpose.startswith("guanjia rebuild") and patience is not None
        return await super().connect(purpose=purpose, patience=0.000_001 if is_hurried else patience)


async def test_statements_of_a_rebuild_may_take_their_time(peopled: Town) -> None:
    async with Impatient(peopled.database.url, peopled.database.schema) as database:
        assert await rebuild(database, peopled.facts, LICENCES) is not None
