"""The log as a persistence module of the `eventsourcing` library: what the library's own cases do not ask."""
