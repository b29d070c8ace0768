"""What a child takes over from the supervisor: its environment, in which the supervisor has put what it decided."""

from collections.abc import Mapping

from api.settings import Settings


def bequeathed(settings: Settings, url: str, *, metrics: str | None, now: str | None) -> Mapping[str, str]:
    """Answer the variables that a child needs besides the supervisor's own.

    `metrics` is the folder in which several workers count together, `now` where a moved clock is by now.
    """
    decided = {
        "GUANJIA_DATABASE_URL": url,
        "GUANJIA_DATA_DIR": str(settings.data_dir.resolve()),
        "PROMETHEUS_MULTIPROC_DIR": metrics,
        "GUANJIA_NOW": now,
    }
    return {name: value for name, value in decided.items() if value is not None}


def inherited() -> tuple[Settings, str]:
    """Answer a child's settings, and the address of its database."""
    settings = Settings()
    if settings.database_url is None:
        raise SystemExit("this is a part of `guanjia serve`, which starts it")
    return settings, settings.database_url.get_secret_value()
