"""What an installation stands on: its keys and its database; the supervisor needs no more."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from adapters import failures
from adapters.embedded_postgres import EmbeddedPostgres
from adapters.keys import load_or_create
from adapters.postgres.begun import has_begun
from adapters.postgres.connection import Database
from adapters.postgres.schema import check_keys
from api.settings import Settings

KEYS: Final = ("master", "identity", "issuer")
FAILURES: Final = failures.FAILURES


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The secrets of an installation: of persons, of ID-number hashes, of tokens; 32 bytes each."""

    master: bytes
    identity: bytes
    issuer: bytes

    @classmethod
    def of(cls, settings: Settings) -> "Keys":
        """Take the keys from the settings, or from the data directory, where they are made when they are missing."""
        return cls(**{name: key_of(settings, name) for name in KEYS})


def key_of(settings: Settings, name: str) -> bytes:
    """Take one key from the settings, or from the data directory, where it is made when it is missing.

    Raises: KeyUnusable.
    """
    return load_or_create(settings.data_dir, name, settings.given_key(name))


@contextmanager
def database_server(settings: Settings) -> Iterator[tuple[str, EmbeddedPostgres | None]]:
    """Answer the database's address, and the embedded server behind it when none is given from outside."""
    if settings.database_url is not None:
        yield settings.database_url.get_secret_value(), None
        return
    with EmbeddedPostgres(settings.data_dir) as server:
        yield server.dsn, server


async def is_prepared(settings: Settings, url: str) -> bool:
    """Tell whether the city has begun in a schema at its newest step, which our keys belong to.

    Raises: KeyUnusable, WrongKey, Unavailable.
    """
    keys = Keys.of(settings)
    async with Database(url, settings.schema_name) as database:
        if not await has_begun(database):
            return False
        await check_keys(database, {"master": keys.master, "identity": keys.identity})
        return True
