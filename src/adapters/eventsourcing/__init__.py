"""The log as a persistence module of the `eventsourcing` library: `PERSISTENCE_MODULE=adapters.eventsourcing`."""

from adapters.eventsourcing.factory import Factory

__all__ = ["Factory"]
