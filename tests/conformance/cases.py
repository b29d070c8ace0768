"""The library's cases with our recorders put in: nothing of a case itself is changed."""

import os
from unittest import TestCase
from uuid import UUID, uuid4

from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    ProcessRecorder,
    TrackingRecorder,
)
from eventsourcing.tests.application import ApplicationTestCase, ExampleApplicationTestCase
from eventsourcing.tests.persistence import (
    AggregateRecorderTestCase,
    ApplicationRecorderTestCase,
    InfrastructureFactoryTestCase,
    NonInterleavingNotificationIDsBaseCase,
    ProcessRecorderTestCase,
    TrackingRecorderTestCase,
)
from eventsourcing.tests.projection import (
    AggregateEventCountersProjectionTestCase,
    EventCountersView,
    EventCountersViewTestCase,
    EventSourcedProjectionTestCase,
)
from eventsourcing.utils import Environment

from adapters.clock import SystemClock
from adapters.eventsourcing.aggregates import LogAggregateRecorder
from adapters.eventsourcing.applications import LogApplicationRecorder
from adapters.eventsourcing.factory import Factory
from adapters.eventsourcing.processes import LogProcessRecorder
from adapters.eventsourcing.tracking import LogTrackingRecorder
from adapters.memory.log import MemoryLog
from tests.conformance.views import CountersInMemory, CountersOnTheLog


class _OnTheLog(TestCase):
    def factory_for(self, **more: str) -> Factory:
        factory = Factory(Environment(env={**os.environ, **more}))
        self.addCleanup(factory.close)
        return factory


class _WithTextIds(_OnTheLog):
    """Ids as an application with ids of text makes them."""

    def new_originator_id(self) -> UUID | str:
        return f"test/{uuid4()}"


class Events(_OnTheLog, AggregateRecorderTestCase):
    def create_recorder(self) -> AggregateRecorder:
        return self.factory_for().aggregate_recorder()


class EventsWithTextIds(_WithTextIds, AggregateRecorderTestCase):
    def create_recorder(self) -> AggregateRecorder:
        return self.factory_for(ORIGINATOR_ID_TYPE="text").aggregate_recorder()


class Snapshots(_OnTheLog, AggregateRecorderTestCase):
    def create_recorder(self) -> AggregateRecorder:
        return self.factory_for().aggregate_recorder(purpose="snapshots")


class Notifications(_OnTheLog, ApplicationRecorderTestCase[ApplicationRecorder]):
    def create_recorder(self) -> ApplicationRecorder:
        return self.factory_for().application_recorder()


class NotificationsWithTextIds(_WithTextIds, ApplicationRecorderTestCase[ApplicationRecorder]):
    def create_recorder(self) -> ApplicationRecorder:
        return self.factory_for(ORIGINATOR_ID_TYPE="text").application_recorder()


class NotificationsOfAProcess(_OnTheLog, ApplicationRecorderTestCase[ApplicationRecorder]):
    def create_recorder(self) -> ApplicationRecorder:
        return self.factory_for().process_recorder()


class Order(_OnTheLog, NonInterleavingNotificationIDsBaseCase):
    def create_recorder(self) -> ApplicationRecorder:
        return self.factory_for().application_recorder()


class Trackings(_OnTheLog, TrackingRecorderTestCase):
    def create_recorder(self) -> TrackingRecorder:
        return self.factory_for().tracking_recorder()


class TrackingsOfAProcess(_OnTheLog, TrackingRecorderTestCase):
    def create_recorder(self) -> TrackingRecorder:
        return self.factory_for().process_recorder()


class Processes(_OnTheLog, ProcessRecorderTestCase):
    def create_recorder(self) -> ProcessRecorder:
        return self.factory_for().process_recorder()


class AnotherTrackingRecorder(LogTrackingRecorder):
    """A tracking recorder that a setting names."""


class Factories(InfrastructureFactoryTestCase[Factory]):
    def setUp(self) -> None:
        self.env = Environment(env=dict(os.environ))
        super().setUp()

    def expected_factory_class(self) -> type[Factory]:
        return Factory

    def expected_aggregate_recorder_class(self) -> type[AggregateRecorder]:
        return LogAggregateRecorder

    def expected_application_recorder_class(self) -> type[ApplicationRecorder]:
        return LogApplicationRecorder

    def expected_tracking_recorder_class(self) -> type[TrackingRecorder]:
        return LogTrackingRecorder

    def tracking_recorder_subclass(self) -> type[TrackingRecorder]:
        return AnotherTrackingRecorder

    def expected_process_recorder_class(self) -> type[ProcessRecorder]:
        return LogProcessRecorder


class ExampleApplication(ExampleApplicationTestCase):
    expected_factory_topic = "adapters.eventsourcing.factory:Factory"


class Applications(ApplicationTestCase):
    pass


class Views(_OnTheLog, EventCountersViewTestCase):
    def construct_event_counters_view(self) -> EventCountersView:
        view = self.factory_for().tracking_recorder(CountersOnTheLog)
        assert isinstance(view, CountersOnTheLog)
        return view


class Projections(AggregateEventCountersProjectionTestCase):
    view_class = CountersOnTheLog


class ProjectionsToElsewhere(AggregateEventCountersProjectionTestCase):
    view_class = CountersInMemory
    env = {"EVENTCOUNTERS_PERSISTENCE_MODULE": "eventsourcing.popo"}  # noqa: RUF012 - the case's own class variable


class EventSourcedProjections(EventSourcedProjectionTestCase):
    pass


class NotificationsInMemory(ApplicationRecorderTestCase[ApplicationRecorder]):
    def create_recorder(self) -> ApplicationRecorder:
        return MemoryLog(SystemClock())


class OrderInMemory(NonInterleavingNotificationIDsBaseCase):
    def create_recorder(self) -> ApplicationRecorder:
        return MemoryLog(SystemClock())


ON_POSTGRESQL: tuple[type[TestCase], ...] = (
    Events,
    EventsWithTextIds,
    Snapshots,
    Notifications,
    NotificationsWithTextIds,
    NotificationsOfAProcess,
    Order,
    Trackings,
    TrackingsOfAProcess,
    Processes,
    Factories,
    ExampleApplication,
    Applications,
    Views,
    Projections,
    ProjectionsToElsewhere,
    EventSourcedProjections,
)
IN_MEMORY: tuple[type[TestCase], ...] = (NotificationsInMemory, OrderInMemory)
