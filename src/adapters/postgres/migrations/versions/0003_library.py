"""The `eventsourcing` library on the same log: its append, and what it keeps besides events."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables and functions; nothing that was there before is touched."""
    text = sa.Text(collation="C")
    op.create_table(
        "library_tracking",
        sa.Column("recorder", text, primary_key=True),
        sa.Column("application", text, primary_key=True),
        sa.Column("position", sa.BigInteger, nullable=False),
        # a row is rewritten with every event that a projection processes: its page must have room
        postgresql_with={"fillfactor": 10},
    )
    op.create_table(
        "library_snapshots",
        sa.Column("application", text, primary_key=True),
        sa.Column("stream", text, primary_key=True),
        sa.Column("version", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("type", text, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
