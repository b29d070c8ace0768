"""What a city sets from outside: environment variables `GUANJIA_*`, or a `.env` file."""

from pathlib import Path
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, AwareDatetime, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MOST_HOURS: Final = 24 * 365
_BUCKET: Final = r"^s3://[a-z0-9][a-z0-9.-]{1,62}(/[^\s?#]*)?$"


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{name!r} is no IANA time zone, such as Asia/Shanghai") from None
    return name


class Settings(BaseSettings):
    """The settings of one process; secrets are 32 bytes in base64, kept in the data directory when they are not set."""

    model_config = SettingsConfigDict(env_prefix="GUANJIA_", env_file=".env", extra="ignore", frozen=True)

    city: Annotated[str, Field(pattern=r"^[0-9]{6}$")] = "321000"
    timezone: Annotated[str, AfterValidator(_known_zone)] = "Asia/Shanghai"
    env: Literal["development", "production"] = "development"
    database_url: SecretStr | None = None
    data_dir: Path = Path(".guanjia")
    now: AwareDatetime | None = None
    master_key: SecretStr | None = None
    identity_key: SecretStr | None = None
    issuer_key: SecretStr | None = None
    blobs_dir: Path | None = None
    blobs_url: Annotated[str, Field(pattern=_BUCKET)] | None = None
    blobs_endpoint: Annotated[str, Field(pattern=r"^https?://[^\s]+$")] | None = None
    blobs_region: str | None = None
    blobs_access_key: SecretStr | None = None
    blobs_secret_key: SecretStr | None = None
    attachment_hours: Annotated[int, Field(ge=1, le=MOST_HOURS)] = 24

    @property
    def schema_name(self) -> str:
        """The database schema of the city: one city, one log, one schema."""
        return f"city_{self.city}"

    def given_key(self, name: str) -> str | None:
        """The key of this name (`master`, `identity`, `issuer`) in base64, None when it is kept in the data dir."""
        given: SecretStr | None = getattr(self, f"{name}_key")
        return None if given is None else given.get_secret_value()

    @model_validator(mode="after")
    def _keep_time_in_production(self) -> "Settings":
        if self.env == "production" and self.now is not None:
            raise ValueError("GUANJIA_NOW is refused when GUANJIA_ENV=production: a register keeps real time")
        return self
