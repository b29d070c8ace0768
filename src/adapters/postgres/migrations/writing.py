"""The steps written out as SQL, by alembic; it is asked only when there is something to write."""

from io import StringIO

from alembic import command
from alembic.config import Config
from alembic.util import CommandError


class UnknownStep(Exception):
    """A schema is at a step that is not among ours; the message names it."""


def written_after(present: str | None) -> str:
    """Answer the SQL that leads from a step (None: from nothing) to the newest.

    Raises: UnknownStep.
    """
    config = Config(output_buffer=(written := StringIO()))
    config.set_main_option("script_location", "adapters.postgres:migrations")
    try:
        command.upgrade(config, "head" if present is None else f"{present}:head", sql=True)
    except CommandError as unknown:
        raise UnknownStep(str(unknown)) from unknown
    return written.getvalue()
