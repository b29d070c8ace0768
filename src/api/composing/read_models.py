"""The read models by themselves, as the process that keeps them up with the log needs them."""

import asyncio

from adapters.postgres.codec import Codec
from adapters.postgres.connection import Database
from adapters.postgres.personal_keys import PostgresPersonalKeys
from adapters.postgres.projection_runner import run_projections
from api.composing.aggregates import AGGREGATES
from api.composing.grounds import Keys
from api.settings import Settings


async def run_read_models(settings: Settings, url: str, stop: asyncio.Event) -> None:
    """Keep the read models of a city up with its log until `stop` is set."""
    async with Database(url, settings.schema_name) as database:
        keys = PostgresPersonalKeys(database, Keys.of(settings).master)
        await run_projections(database, Codec(AGGREGATES), keys, stop=stop)
