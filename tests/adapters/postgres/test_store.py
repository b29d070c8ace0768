"""The event store on PostgreSQL does what every event store does."""

from tests.adapters.event_store_suite import EventStoreSuite


class TestPostgresEventStore(EventStoreSuite):
    """On every server at hand."""
