"""The read models as an operator sees them."""

from collections.abc import Sequence
from typing import Any, Final

from adapters.postgres.beginning import begin
from adapters.postgres.connection import Database
from adapters.postgres.read_models.all import READ_MODELS
from adapters.postgres.read_models.model import ReadModel
from application.kernel.pages import ProjectionEntry

_LIST: Final = """
    select c.name, c.version, c.position, c.built_at, h.position as head
    from checkpoints as c cross join log_head as h
    where c.state = 'live' order by c.name
"""


class PostgresProjections:
    """Tells how far the read models are, and has the runner rebuild them."""

    def __init__(self, database: Database, models: Sequence[ReadModel[Any]] = READ_MODELS) -> None:
        self._database = database
        self._models = {model.name: model for model in models}

    async def list(self) -> tuple[ProjectionEntry, ...]:
        """Answer every read model that can be read, in the order of names.

        Raises: Unavailable.
        """
        return tuple(
            ProjectionEntry(
                name=record["name"],
                position=record["position"],
                lag=record["head"] - record["position"],
                version=record["version"],
                last_rebuild=record["built_at"],
            )
            for record in await self._database.fetch(_LIST)
        )

    async def start_rebuild(self, name: str) -> bool:
        """Begin a new version of a read model, which the runner takes up; False when there is none of this name.

        While one is being built, nothing more is begun. Raises: Unavailable.
        """
        model = self._models.get(name)
        if model is None:
            return False
        async with self._database.reading() as connection:
            await begin(connection, model)
        return True
