"""The log: events, heads, receipts, keys of persons, and the one function that appends."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of the log and what guards them."""
    text = sa.Text(collation="C")
    instant = sa.TIMESTAMP(timezone=True)
    op.create_table(
        "events",
        sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("stream", text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("type", text, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("metadata", sa.LargeBinary, nullable=False),
        sa.Column("recorded_at", instant, nullable=False),
        sa.Column("leaf", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("stream", "version", name="events_stream_version_key"),
    )
    op.create_index("events_type_position_idx", "events", ["type", "position"])
    op.create_table(
        "streams",
        sa.Column("stream", text, primary_key=True),
        sa.Column("version", sa.BigInteger, nullable=False),
        # room on every page, so that a head moves without touching the index
        postgresql_with={"fillfactor": 80},
    )
    op.create_table(
        "log_head",
        sa.Column("one", sa.Boolean, sa.CheckConstraint("one"), primary_key=True, server_default=sa.true()),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("recorded_at", instant, nullable=False),
        # the one row is rewritten at every commit: its page must have room until the next pruning
        postgresql_with={"fillfactor": 10},
    )
    op.execute("insert into log_head (position, recorded_at) values (0, 'epoch')")
    op.create_table(
        "receipts",
        sa.Column("digest", sa.LargeBinary, primary_key=True),
        sa.Column("fingerprint", sa.LargeBinary, nullable=False),
        sa.Column("thing_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("details", sa.JSON, nullable=False),
        sa.Column("recorded_at", instant, nullable=False),
    )
    op.create_index("receipts_recorded_at_idx", "receipts", ["recorded_at"], postgresql_using="brin")
    op.create_table(
        "abandoned_batches",
        sa.Column("batch", sa.Uuid, primary_key=True),
        sa.Column("abandoned_at", instant, nullable=False, server_default=sa.func.now()),
    )
    op.create_table(
        "person_keys",
        sa.Column("person", text, primary_key=True),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
        sa.Column("created_at", instant, nullable=False, server_default=sa.func.now()),
    )
    op.create_table(
        "settings",
        sa.Column("name", text, primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )
    op.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
