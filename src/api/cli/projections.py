"""`guanjia projections`: the read models and how far they are."""

import asyncio
from typing import TYPE_CHECKING

from api.cli.options import AsJson, DataDir

if TYPE_CHECKING:
    from api.settings import Settings
    from application.kernel.pages import ProjectionEntry


def projections(*, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """List the read models: which version is read, its position, how many events it is behind."""
    from api.cli.printing import print_json, print_table
    from api.cli.settings import settings_from

    listed = asyncio.run(_list(settings_from(data_dir)))
    if as_json:
        print_json(listed)
        return
    print_table(
        ("name", "position", "lag", "version", "last rebuild"),
        [(each.name, each.position, each.lag, each.version, each.last_rebuild or "—") for each in listed],
        right=("position", "lag", "version"),
    )


async def _list(settings: "Settings") -> "tuple[ProjectionEntry, ...]":
    from api.compose import city_to_read

    async with city_to_read(settings) as city:
        return await city.queries.projections.list()
