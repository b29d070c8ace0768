"""What is measured is what the product would have written and read itself."""

from typing import Any

import psycopg
import pytest

from api.compose import verifying
from benchmarks.appends import Appending
from benchmarks.lives import CHARGES
from benchmarks.logs import Log, require_room
from benchmarks.rebuilds import Rebuilt, rebuilt_by
from tests.benchmarks.conftest import EVENTS

DEDUCTIONS = EVENTS * CHARGES // (CHARGES + 1)


async def findings_in(log: Log) -> Any:
    verify = verifying(log.city)
    return (await verify(await verify.log.ends(), lambda _: None)).findings


async def test_a_filled_log_is_verified_without_a_finding(log: Log) -> None:
    _, position = await log.city.store.heads([])

    assert log.events == EVENTS
    assert position == EVENTS + 2  # the rule sets of the city
    assert not await findings_in(log)


async def test_what_is_appended_to_measure_appends_is_verified_too(log: Log) -> None:
    appending = Appending(city=log.city, lives=log.lives, files=log.people)
    rounds = [await appending.round() for _ in range(2)]
    _, position = await log.city.store.heads([])

    assert [len(answered.latencies) for answered in rounds] == [log.people, log.people]
    assert position == EVENTS + 2 + 2 * log.people
    assert not await findings_in(log)


async def test_the_bare_loop_leaves_the_rows_that_a_rebuild_of_ours_leaves(log: Log, database_dsn: str) -> None:
    environment = {
        "GUANJIA_DATABASE_URL": database_dsn,
        "GUANJIA_DATA_DIR": str(log.settings.data_dir),
        "GUANJIA_CITY": log.settings.city,
    }
    ours = [rebuilt_by("benchmarks.ours_rebuilt", environment) for _ in range(2)]
    bare = rebuilt_by("benchmarks.baselines.bare_loop", environment)

    assert [rebuilt.events for rebuilt in (*ours, bare)] == [DEDUCTIONS] * 3
    assert min(rebuilt.memory for rebuilt in (*ours, bare)) > 10_000_000
    for one, other in (("deductions", "bare_deductions"), ("bare_deductions", "deductions")):
        differing = f"select count(*) from (select * from {one} except select * from {other}) as differing"  # noqa: S608 - our own names
        assert (await log.city.database.fetch(differing))[0]["count"] == 0


def test_the_stock_runner_leaves_a_row_for_every_deduction(database_dsn: str) -> None:
    environment = {"BENCH_DATABASE_URL": database_dsn, "BENCH_STOCK_EVENTS": "500"}
    try:
        rebuilt: list[Rebuilt] = [rebuilt_by("benchmarks.baselines.stock_projection", environment) for _ in range(2)]
        with psycopg.connect(database_dsn) as connection:
            rows = connection.execute("select count(*), count(distinct position) from stock_deductions").fetchone()
    finally:
        with psycopg.connect(database_dsn) as connection:
            connection.execute("drop table if exists stock_deductions, stock_deductions_tracking, register_events")

    assert [each.events for each in rebuilt] == [475, 475]
    assert rows == (475, 475)


async def test_a_log_that_finds_no_room_is_not_begun(log: Log) -> None:
    with pytest.raises(RuntimeError, match="ask for fewer"):
        await require_room(log, 10**12)
