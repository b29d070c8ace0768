"""Writes the steps out as SQL; `adapters.postgres.schema` runs it on a connection like all others."""

from alembic import context

from adapters.postgres.tables import METADATA

context.configure(
    dialect_name="postgresql+asyncpg", target_metadata=METADATA, literal_binds=True, transactional_ddl=False
)
context.run_migrations()
