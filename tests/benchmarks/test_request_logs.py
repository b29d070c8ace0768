"""The requests that are looked up in the benchmark are as the product would have written and read them."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from adapters.postgres.connection import quoted
from adapters.postgres.facts import Facts
from adapters.postgres.read_models.all import READ_MODELS
from adapters.postgres.rebuilding import build_missing
from api.compose import open_city, prepare, verifying
from api.settings import Settings
from application.service_requests.queries import ServiceRequestFilter
from benchmarks.requests.__main__ import asked_for, lives_of
from benchmarks.requests.filling import fill
from benchmarks.requests.looking import Looking
from benchmarks.requests.searches import searches

REQUESTS = 450


async def test_what_is_filled_in_is_verified_listed_and_found(database_dsn: str, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, city=f"{uuid4().int % 10**6:06}")
    await prepare(settings, database_dsn)
    try:
        async with open_city(settings, database_dsn) as city:
            lives = await lives_of(city, REQUESTS)
            events = await fill(city, lives)
            verify = verifying(city)
            report = await verify(await verify.log.ends(), lambda _: None)
            assert not report.findings
            assert events > 5 * REQUESTS

            await build_missing(city.database, Facts(city.codec, city.personal_keys), READ_MODELS)
            queries = city.queries.service_requests
            page = await queries.list(ServiceRequestFilter(), limit=200)
            assert len(page.items) == 200
            assert page.items[0].received_at > lives.now - timedelta(days=10)
            sought = await searches(city.database, 5)
            assert [some.length for some in sought] == [1, 2, 4, 8]
            for some in sought:
                assert all([(await queries.list(ServiceRequestFilter(q=q), limit=1)).items for q in some.hits])
                assert not any([(await queries.list(ServiceRequestFilter(q=q), limit=1)).items for q in some.misses])
            looked = [each async for each in Looking(city, lives.estates, 5).all(sought)]
            assert {"list, everything", "weekly analysis, a project", "search, 1 character, found"} <= {
                each.what for each in looked
            }
            assert all(0 < each.p50 <= each.p99 for each in looked)
    finally:
        connection = await asyncpg.connect(database_dsn)
        await connection.execute(f"drop schema {quoted(settings.schema_name)} cascade")
        await connection.close()


def test_the_size_is_a_parameter() -> None:
    assert asked_for([]).requests == 100_000
    assert asked_for(["--requests", "1000000"]).requests == 1_000_000
    with pytest.raises(SystemExit):
        asked_for(["--requests", "many"])
