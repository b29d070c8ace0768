"""`guanjia doctor`: what an operator should know about an installation."""

import asyncio
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from api.cli.options import AsJson, DataDir
from application.kernel.diagnosis import Diagnosis, Verdict, broken, doubtful, well

if TYPE_CHECKING:
    from api.settings import Settings

LITTLE_SPACE: Final = 1024**3
NO_SPACE: Final = 128 * 1024**2


def doctor(*, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Look at configuration, keys, database, the walls around the log, clocks, read models, disk.

    It makes and changes nothing, and exits with 1 when something is broken.
    """
    from api.cli.printing import print_json, print_table
    from api.cli.settings import settings_from

    settings = settings_from(data_dir)
    found = [*configuration(settings), *data_folder(settings.data_dir), *asyncio.run(_looked_at(settings))]
    if as_json:
        print_json(found)
    else:
        print_table(
            ("verdict", "what", "found", "what to do"),
            [(each.verdict.upper(), each.subject, each.says, each.advice or "") for each in found],
        )
    if any(each.verdict is Verdict.FAIL for each in found):
        sys.exit(1)


def configuration(settings: "Settings") -> Iterator[Diagnosis]:
    """Tell what the settings come to."""
    database = "embedded database" if settings.database_url is None else "database from GUANJIA_DATABASE_URL"
    yield well("settings", f"city {settings.city}, {settings.timezone}, {settings.env}, {database}")
    if settings.env == "production" and settings.database_url is None:
        yield doubtful(
            "settings", "production on an embedded database", "set GUANJIA_DATABASE_URL, or back its cluster up"
        )


def data_folder(folder: Path) -> Iterator[Diagnosis]:
    """Tell whether the data dir can be used, and how much room is left on its disk."""
    if not folder.exists():
        yield doubtful("data dir", f"{folder.resolve()} is not there yet", "guanjia serve makes it")
        return
    if folder.is_dir() and os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield well("data dir", str(folder.resolve()))
    else:
        yield broken("data dir", f"{folder.resolve()} cannot be written to", "give this user the right to")
    left = shutil.disk_usage(folder).free
    says = f"{left / 1024**3:.1f} GiB left where the data dir is"
    if left >= LITTLE_SPACE:
        yield well("disk", says)
    else:
        yield (broken if left < NO_SPACE else doubtful)("disk", says, "make room before writing stops")


async def _looked_at(settings: "Settings") -> list[Diagnosis]:
    from api.compose import FAILURES, look_at

    try:
        return list(await look_at(settings))
    except FAILURES as failure:
        return [broken("database", str(failure), "nothing else can be looked at until it answers")]
