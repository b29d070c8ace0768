"""Whether a city has begun: then a start finds nothing to prepare."""

from typing import Final

from adapters.postgres.connection import Database
from adapters.postgres.schema import newest_step
from domain.rulebook.rulebook import RULEBOOK, RULEBOOK_ID

_RULEBOOK: Final = RULEBOOK.stream(RULEBOOK_ID)


async def has_begun(database: Database) -> bool:
    """Tell whether the schema is at the newest step and holds a first rule set.

    Raises: Unavailable.
    """
    async with database.reading() as connection:
        if await connection.fetchval("select to_regclass('alembic_version')") is None:
            return False
        if await connection.fetchval("select version_num from alembic_version") != newest_step():
            return False
        begun: bool = await connection.fetchval("select exists (select from streams where stream = $1)", _RULEBOOK)
        return begun
