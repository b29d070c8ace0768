"""The `eventsourcing` library's own test cases, and its stock applications, on our log."""
