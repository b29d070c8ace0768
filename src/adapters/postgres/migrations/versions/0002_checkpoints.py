"""Checkpoints: which versions of which read models there are, and how far each has followed the log."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table; the tables of the read models themselves are made by what builds them."""
    text = sa.Text(collation="C")
    instant = sa.TIMESTAMP(timezone=True)
    op.create_table(
        "checkpoints",
        sa.Column("name", text, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("shape", sa.Integer, nullable=False),
        sa.Column("state", text, sa.CheckConstraint("state in ('building', 'live', 'retired')"), nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("passed_over", sa.BigInteger, nullable=False),
        sa.Column("built_at", instant),
        # a live one is rewritten with every batch: its page must have room until the next pruning
        postgresql_with={"fillfactor": 10},
    )
    for state in ("building", "live"):
        op.create_index(
            f"checkpoints_one_{state}",
            "checkpoints",
            ["name"],
            unique=True,
            postgresql_where=sa.text(f"state = '{state}'"),
        )
    op.execute(
        """
        create function read_channel() returns text
            language sql stable
        as $$
            select 'read_' || md5(current_schema())
        $$
        """
    )
