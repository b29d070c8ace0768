"""Read models follow the log exactly once, whatever happens in between."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from adapters.postgres import checkpoints
from adapters.postgres.read_models.all import READ_MODELS
from adapters.postgres.read_models.companies import COMPANIES
from adapters.postgres.read_models.deductions import DEDUCTIONS
from adapters.postgres.read_models.licences import LICENCES
from adapters.postgres.read_models.model import Fact, ReadModel
from domain.companies.company import COMPANY
from domain.companies.events import CompanyRegistered, CompanyRenamed
from domain.kernel.identifiers import LicenceId
from domain.licensing.folding import LICENCE
from tests.adapters.postgres.read_models.lives import lived
from tests.adapters.postgres.read_models.told import rows
from tests.adapters.postgres.read_models.town import Town

GREEN, BLUE = UUID(int=11), UUID(int=12)


async def population(town: Town, seeds: Iterable[int]) -> None:
    """Tell the log of many lives."""
    for seed in seeds:
        await town.tell(LICENCE, UUID(int=seed), *lived(seed))


async def expected(town: Town, model: ReadModel[Any]) -> list[Any]:
    """The rows that the whole log leads to."""
    head = await town.facts.head(town.direct)
    facts = await town.facts.read(town.direct, 0, head, model.follows)
    return sorted(rows(model, facts), key=lambda row: [str(value) for value in model.key_of(row)])


async def test_the_tables_are_what_the_log_leads_to(town: Town) -> None:
    await town.build()
    await population(town, range(1, 21))
    await town.follow(town.following(most=7))
    head = await town.facts.head(town.direct)
    for model in READ_MODELS:
        found = sorted(await town.rows(model), key=lambda row: [str(value) for value in model.key_of(row)])
        assert found == await expected(town, model)
        assert await town.checkpoint(model.name) == {1: ("live", head)}
    assert await town.rows(DEDUCTIONS)


async def test_a_batch_that_dies_before_its_commit_is_followed_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    await town.build()
    await population(town, range(1, 6))
    following = town.following(most=5)
    tell = checkpoints.tell
    calls = 0

    async def die_every_second_time(*arguments: Any) -> None:
        nonlocal calls
        calls += 1
        if calls % 2 == 0:
            raise ConnectionResetError
        await tell(*arguments)

    monkeypatch.setattr(checkpoints, "tell", die_every_second_time)
    at = await position(town, LICENCES)
    while at < await town.facts.head(town.direct):
        try:
            await town.follow(following)
        except ConnectionResetError:
            assert await position(town, LICENCES) >= at
        at = await position(town, LICENCES)
    assert calls > 10
    assert await town.rows(LICENCES) == await expected(town, LICENCES)


async def test_of_two_that_follow_at_once_the_second_finds_nothing_left(town: Town) -> None:
    await town.build()
    await town.tell_foreign()
    await population(town, range(1, 4))
    other = await town.database.connect(purpose="another runner")
    seen = await checkpoints.all_of(town.direct)
    await town.follow(town.following(most=5))
    assert await town.following(most=5).step(other, seen)
    await other.close()
    assert await town.rows(LICENCES) == await expected(town, LICENCES)
    head = await town.facts.head(town.direct)
    assert {each.name: (each.position, each.passed_over) for each in await checkpoints.all_of(town.direct)} == {
        model.name: (head, 1) for model in READ_MODELS
    }


async def test_events_that_are_not_ours_are_passed_over_and_counted(town: Town) -> None:
    await town.build()
    await town.tell_foreign()
    await town.tell(COMPANY, GREEN, CompanyRegistered(name="绿城物业", uscc=None))
    await town.tell_foreign()
    await town.follow()
    found = {each.name: each.passed_over for each in await checkpoints.all_of(town.direct)}
    assert found == dict.fromkeys((model.name for model in READ_MODELS), 2)
    assert len(await town.rows(COMPANIES)) == 1


async def test_a_read_model_whose_fold_fails_stands_still_alone(town: Town) -> None:
    await town.build()

    def fail(row: Any, fact: Fact) -> Any:
        match fact.event:
            case CompanyRenamed():
                raise LookupError("a mistake in the fold")
            case _:
                return COMPANIES.fold(row, fact)

    await town.tell(COMPANY, GREEN, CompanyRegistered(name="绿城物业", uscc=None))
    broken = town.following(replace(COMPANIES, fold=fail), LICENCES)
    await town.follow(broken)
    before = await position(town, COMPANIES)
    await town.tell(COMPANY, GREEN, CompanyRenamed(name="绿城服务"))
    await population(town, [1])
    await town.follow(broken)
    assert list(broken.aside) == ["companies"]
    assert await position(town, COMPANIES) == before
    assert await position(town, LICENCES) == await town.facts.head(town.direct)
    await town.follow(town.following())
    assert [row.name for row in await town.rows(COMPANIES)] == ["绿城服务"]


async def test_the_hindmost_catch_up_with_the_others(town: Town) -> None:
    await town.build()
    await population(town, range(1, 4))
    await town.follow(town.following(LICENCES))
    assert await position(town, COMPANIES) == 0
    await town.tell(COMPANY, BLUE, CompanyRegistered(name="蓝天物业", uscc=None))
    await town.follow(town.following(most=4))
    head = await town.facts.head(town.direct)
    assert {await position(town, model) for model in READ_MODELS} == {head}
    assert await town.rows(LICENCES) == await expected(town, LICENCES)


async def test_the_erased_vanish_from_every_version(town: Town) -> None:
    someone = LicenceId(UUID(int=1))
    await town.build()
    await population(town, [1_001])
    await town.tell(LICENCE, someone, lived(1)[0])
    await town.follow()
    await town.build(LICENCES)
    names = [row.name for row in await town.rows(LICENCES, "licences_1")]
    assert names.count(None) <= 1
    await town.erase(someone)
    await town.follow()
    for table in ("licences", "licences_1", "licences_2"):
        (row,) = [row for row in await town.rows(LICENCES, table) if row.id == someone]
        assert (row.name, row.id_number, row.phone) == (None, None, None)


async def position(town: Town, model: ReadModel[Any]) -> int:
    """How far the live version is."""
    return next(at for state, at in (await town.checkpoint(model.name)).values() if state == "live")
