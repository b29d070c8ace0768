"""The library's infrastructure factory over the log of one city."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Final, TypeVar

from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    InfrastructureFactory,
    ProcessRecorder,
    ProgrammingError,
)
from eventsourcing.utils import Environment, EnvType, resolve_topic, strtobool

from adapters.embedded_postgres import EmbeddedPostgres
from adapters.embedded_postgres.home import INSIDE, MARKER
from adapters.eventsourcing.aggregates import LogAggregateRecorder
from adapters.eventsourcing.applications import LogApplicationRecorder
from adapters.eventsourcing.background import Background
from adapters.eventsourcing.log import LibraryLog, open_log
from adapters.eventsourcing.naming import NAMED_BACK
from adapters.eventsourcing.processes import LogProcessRecorder
from adapters.eventsourcing.recorder import LogRecorder
from adapters.eventsourcing.snapshots import SnapshotRecorder
from adapters.eventsourcing.tracking import LogTrackingRecorder
from adapters.postgres.schema import migrate

RecorderT = TypeVar("RecorderT", bound=LogRecorder)

_MIGRATING: Final = Lock()
"""Alembic keeps its context in the module: one thread of a process at a time."""


class Factory(InfrastructureFactory[LogTrackingRecorder]):
    """Makes recorders that share one log, one event loop and one thread; nothing is connected before the first one.

    Its settings are looked up in the environment that it is given, as all of the library's are: `NAME_SETTING` for the
    application or projection of that name goes before `SETTING`. `GUANJIA_DATABASE_URL`, `GUANJIA_CITY` and
    `GUANJIA_DATA_DIR` are those of the service, with its defaults. `CREATE_TABLE` (yes) makes or migrates the schema.
    `ORIGINATOR_ID_TYPE` (`uuid`) says whether a stream that is named by a UUID alone is read as a UUID or as `text`.
    Raises: OSError for a setting that is missing or wrong.
    """

    DATABASE_URL = "GUANJIA_DATABASE_URL"
    CITY = "GUANJIA_CITY"
    DATA_DIR = "GUANJIA_DATA_DIR"
    CREATE_TABLE = "CREATE_TABLE"
    ORIGINATOR_ID_TYPE = "ORIGINATOR_ID_TYPE"

    DEFAULT_CITY = "321000"
    DEFAULT_DATA_DIR = ".guanjia"

    def __init__(self, env: Environment | EnvType | None) -> None:
        super().__init__(env)
        self._url = self.env.get(self.DATABASE_URL)
        self._data_dir = Path(self.env.get(self.DATA_DIR, self.DEFAULT_DATA_DIR))
        self._schema = f"city_{self.env.get(self.CITY, self.DEFAULT_CITY)}"
        if self._url is None and not any((self._data_dir / made).exists() for made in (INSIDE, MARKER)):
            raise OSError(f"{self.DATABASE_URL} is not set, and there is no embedded database in {self._data_dir}")
        id_type = self.env.get(self.ORIGINATOR_ID_TYPE, "uuid")
        if id_type not in NAMED_BACK:
            raise OSError(f"{self.ORIGINATOR_ID_TYPE} is {id_type!r}: it must be one of {', '.join(NAMED_BACK)}")
        self._named_back = NAMED_BACK[id_type]
        self._log: Background[LibraryLog] | None = None
        self._opening = Lock()
        self._migrated = False

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:
        """Make a recorder of `events` or of `snapshots`.

        Raises: OperationalError, ProgrammingError.
        """
        match purpose:
            case "events":
                return self._recorder(LogAggregateRecorder)
            case "snapshots":
                return self._recorder(SnapshotRecorder)
            case _:
                raise ProgrammingError(f"the log has no place for {purpose}")

    def application_recorder(self) -> ApplicationRecorder:
        """Make the recorder of an application, of the class that `APPLICATION_RECORDER_TOPIC` names if it is set."""
        return self._recorder(self._class_at(self.APPLICATION_RECORDER_TOPIC, LogApplicationRecorder))

    def tracking_recorder(
        self, tracking_recorder_class: type[LogTrackingRecorder] | None = None
    ) -> LogTrackingRecorder:
        """Make the recorder of a projection, of the class that is given or that `TRACKING_RECORDER_TOPIC` names."""
        given = tracking_recorder_class or self._class_at(self.TRACKING_RECORDER_TOPIC, LogTrackingRecorder)
        return self._recorder(given)

    def process_recorder(self) -> ProcessRecorder:
        """Make the recorder of what processes events, of the class that `PROCESS_RECORDER_TOPIC` names if it is set."""
        return self._recorder(self._class_at(self.PROCESS_RECORDER_TOPIC, LogProcessRecorder))

    def close(self) -> None:
        """Close all connections and end the thread; the recorders that were made are of no use any more."""
        with self._opening:
            log, self._log = self._log, None
        if log is not None:
            log.close()

    def __exit__(
        self, exc_type: type[BaseException] | None, exc_val: BaseException | None, exc_tb: TracebackType | None
    ) -> None:
        self.close()
        super().__exit__(exc_type, exc_val, exc_tb)

    def _class_at(self, setting: str, default: type[RecorderT]) -> type[RecorderT]:
        topic = self.env.get(setting)
        if not topic:
            return default
        found: object = resolve_topic(topic)
        if not isinstance(found, type) or not issubclass(found, default):
            raise OSError(f"{setting} names {topic}, which is no {default.__name__}")
        return found

    def _recorder(self, kind: type[RecorderT]) -> RecorderT:
        with self._opening:
            if self._log is None:
                self._log = Background(partial(_open, self._url, self._data_dir, self._schema))
            log = self._log
            if not self._migrated and strtobool(self.env.get(self.CREATE_TABLE) or "yes"):
                with _MIGRATING:
                    log.run(lambda opened: migrate(opened.database))
                self._migrated = True
        return kind(log, name=self.env.name, named_back=self._named_back)


@asynccontextmanager
async def _open(url: str | None, data_dir: Path, schema: str) -> AsyncIterator[LibraryLog]:
    if url is not None:
        async with open_log(url, schema) as log:
            yield log
        return
    # Starting and stopping block the loop, which has nothing else to do then.
    with EmbeddedPostgres(data_dir) as server:
        async with open_log(server.dsn, schema) as log:
            yield log
