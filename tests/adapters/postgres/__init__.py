"""The log on PostgreSQL, on every server that is at hand."""
