"""A city for a test: the settings with which the library finds its log, dropped at the end."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

from tests.postgres import drop


@dataclass(frozen=True)
class City:
    """A schema that is yet to be made on a server."""

    url: str
    code: str

    @property
    def schema(self) -> str:
        return f"city_{self.code}"

    @property
    def settings(self) -> Mapping[str, str]:
        return {
            "PERSISTENCE_MODULE": "adapters.eventsourcing",
            "GUANJIA_DATABASE_URL": self.url,
            "GUANJIA_CITY": self.code,
        }


@contextmanager
def city_on(url: str) -> Iterator[City]:
    """Name a city for the block, and drop what the block has made of it."""
    city = City(url, uuid4().hex[:12])
    try:
        yield city
    finally:
        asyncio.run(drop(url, city.schema))
