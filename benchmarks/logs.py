"""Logs of many events, each of a city of its own: made, filled, and at the end removed."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from adapters.identities import KeyedIdentities
from adapters.postgres.connection import quoted
from adapters.rule_sets.reading import first_rule_set
from api.compose import City, open_city, prepare
from api.composing.grounds import Keys
from api.settings import Settings
from application.kernel.submission import Submission
from benchmarks.city import NEVER, RULES, STEPS
from benchmarks.filling import files_of, fill, settle
from benchmarks.lives import CLERK, EVENTS_A_FILE, Lives
from domain.rulebook.adopting import AdoptRuleSet

BYTES_AN_EVENT: Final = 1_700
"""In the log with its indexes, in the read models that are built of it, and in what is written ahead of them."""

_SPARE_BYTES: Final = 4_000_000_000


@dataclass(slots=True, kw_only=True)
class Log:
    """The log of one city, connected; `people` is how many have a file in it."""

    settings: Settings
    city: City
    lives: Lives
    people: int = 0

    @property
    def events(self) -> int:
        """How many events it has been filled with."""
        return self.people * EVENTS_A_FILE

    async def grow(self, events: int) -> None:
        """Fill it up to about so many events."""
        people = files_of(events)
        await fill(self.city, self.lives, range(self.people, people))
        await settle(self.city)
        self.people = people


@asynccontextmanager
async def log_of(code: str, data_dir: Path, url: str) -> AsyncIterator[Log]:
    """Begin a city under a code of its own, with limits so high that nobody is revoked; it is gone at the end."""
    settings = Settings(data_dir=data_dir, city=code)
    await prepare(settings, url)
    async with open_city(settings, url) as city:
        today = datetime.now(ZoneInfo(settings.timezone)).date()
        asked = AdoptRuleSet(version=RULES, in_force_from=today, **dict.fromkeys(STEPS, NEVER))  # type: ignore[arg-type] # numbers all
        await city.commands.adopt_rule_set(Submission(caller=CLERK), asked)
        rules = asked.on_top_of(first_rule_set(timezone=settings.timezone))
        lives = Lives.under(rules, KeyedIdentities(Keys.of(settings).identity), today)
        try:
            yield Log(settings=settings, city=city, lives=lives)
        finally:
            connection = await city.database.connect(purpose="guanjia bench", patience=None)
            await connection.execute(f"drop schema {quoted(settings.schema_name)} cascade")
            await connection.close()


async def require_room(log: Log, events: int) -> None:
    """See to it that the database's disk has room for so many events more.

    Raises: RuntimeError.
    """
    ((folder,),) = await log.city.database.fetch("show data_directory")
    free, needed = shutil.disk_usage(folder).free, BYTES_AN_EVENT * events + _SPARE_BYTES
    if free < needed:
        raise RuntimeError(
            f"{events:,} events need {needed / 1e9:,.0f} GB in {folder}, {free / 1e9:,.0f} GB are free: ask for fewer"
        )
