"""Settings are the service's, looked up as the library looks up its own; recorders share one log and keep apart."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate
from eventsourcing.persistence import InterfaceError, OperationalError, ProgrammingError, Tracking
from eventsourcing.utils import Environment, get_topic

from adapters.eventsourcing import Factory
from adapters.eventsourcing.applications import LogApplicationRecorder
from adapters.eventsourcing.processes import LogProcessRecorder
from api.settings import Settings
from tests.adapters.eventsourcing.stored import bought
from tests.adapters.postgres.bench import Bench
from tests.postgres import embedded

MODULE = {"PERSISTENCE_MODULE": "adapters.eventsourcing"}
NOWHERE = "postgresql://guanjia@/guanjia?host=/nowhere"


class OtherApplicationRecorder(LogApplicationRecorder):
    pass


class OtherProcessRecorder(LogProcessRecorder):
    pass


def test_defaults_are_those_of_the_service() -> None:
    defaults = {name: field.default for name, field in Settings.model_fields.items()}
    assert defaults["city"] == Factory.DEFAULT_CITY
    assert defaults["data_dir"] == Path(Factory.DEFAULT_DATA_DIR)
    assert {Factory.DATABASE_URL, Factory.CITY, Factory.DATA_DIR} <= {f"GUANJIA_{name.upper()}" for name in defaults}


def test_without_any_database_the_setting_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=f"GUANJIA_DATABASE_URL is not set, .* no embedded database in {tmp_path}"):
        Factory({"GUANJIA_DATA_DIR": str(tmp_path)})


def test_an_embedded_database_is_joined(tmp_path: Path) -> None:
    with embedded(tmp_path) as server:
        with Application[UUID]({**MODULE, "GUANJIA_DATA_DIR": str(tmp_path)}) as application:
            (recorded,) = application.save(Aggregate())
        assert recorded.notification.id == 1
        assert server.is_running()


def test_a_wrong_kind_of_ids_is_refused(settings: dict[str, str]) -> None:
    with pytest.raises(OSError, match="ORIGINATOR_ID_TYPE is 'integer': it must be one of uuid, text"):
        Factory({**settings, "ORIGINATOR_ID_TYPE": "integer"})


def test_a_database_out_of_reach_is_an_operational_error() -> None:
    with Factory({"GUANJIA_DATABASE_URL": NOWHERE}) as factory:
        with pytest.raises(OperationalError, match="cannot be reached"):
            factory.application_recorder()
        factory.env["CREATE_TABLE"] = "no"
        recorder = factory.application_recorder()
        with pytest.raises(OperationalError):
            recorder.max_notification_id()
        with pytest.raises(OperationalError):
            recorder.insert_events([bought()])


def test_a_schema_is_made_unless_told_otherwise(settings: dict[str, str]) -> None:
    settings["GUANJIA_CITY"] = f"none_{uuid4().hex[:8]}"
    with (
        Factory({**settings, "CREATE_TABLE": "no"}) as factory,
        pytest.raises(ProgrammingError, match="does not exist"),
    ):
        factory.application_recorder().max_notification_id()


def test_only_events_and_snapshots_have_a_place(factory: Factory) -> None:
    with pytest.raises(ProgrammingError, match="the log has no place for plans"):
        factory.aggregate_recorder("plans")


def test_recorder_classes_may_be_named(factory: Factory) -> None:
    factory.env["APPLICATION_RECORDER_TOPIC"] = get_topic(OtherApplicationRecorder)
    factory.env["PROCESS_RECORDER_TOPIC"] = get_topic(OtherProcessRecorder)
    assert type(factory.application_recorder()) is OtherApplicationRecorder
    assert type(factory.process_recorder()) is OtherProcessRecorder
    factory.env["PROCESS_RECORDER_TOPIC"] = get_topic(OtherApplicationRecorder)
    with pytest.raises(OSError, match="OtherApplicationRecorder, which is no LogProcessRecorder"):
        factory.process_recorder()


def test_recorders_are_of_no_use_once_it_is_closed(factory: Factory) -> None:
    recorder = factory.application_recorder()
    recorder.insert_events([bought()])
    factory.close()
    with pytest.raises(InterfaceError, match="the log is closed"):
        recorder.insert_events([bought()])
    with pytest.raises(InterfaceError, match="the log is closed"):
        recorder.subscribe()
    assert factory.application_recorder().max_notification_id() == 1


def test_each_projection_tracks_for_itself(settings: dict[str, str]) -> None:
    with Factory(Environment("Ones", settings)) as ones, Factory(Environment("Others", settings)) as others:
        ones.tracking_recorder().insert_tracking(Tracking("shop", 5))
        assert others.tracking_recorder().max_tracking_id("shop") is None
        others.tracking_recorder().insert_tracking(Tracking("shop", 3))
        assert ones.process_recorder().max_tracking_id("shop") == 5


def test_each_application_has_its_own_snapshots(settings: dict[str, str]) -> None:
    taken = bought(7)
    with Factory(Environment("Ones", settings)) as ones, Factory(Environment("Others", settings)) as others:
        ones.aggregate_recorder("snapshots").insert_events([taken])
        assert others.aggregate_recorder("snapshots").select_events(taken.originator_id) == []
        others.aggregate_recorder("snapshots").insert_events([taken])
        assert ones.aggregate_recorder("snapshots").select_events(taken.originator_id) == [taken]


async def test_snapshots_stay_out_of_the_log(log: Bench, factory: Factory) -> None:
    factory.aggregate_recorder("snapshots").insert_events([bought(7)])
    assert await log.rows() == []
