"""The settings of a command: the environment, a `.env` file, and what was said on the command line."""

from pathlib import Path

from pydantic import ValidationError

from api.cli.failures import Failed
from api.settings import Settings


def settings_from(data_dir: Path | None) -> Settings:
    """Read the settings.

    Raises: Failed with every setting that does not fit, never with the value that was given.
    """
    try:
        return Settings() if data_dir is None else Settings(data_dir=data_dir)
    except ValidationError as misfit:
        raise Failed("; ".join(_told(error["loc"], error["msg"]) for error in misfit.errors())) from None


def _told(place: tuple[int | str, ...], message: str) -> str:
    said = message.removeprefix("Value error, ")
    return f"GUANJIA_{str(place[0]).upper()}: {said}" if place else said
