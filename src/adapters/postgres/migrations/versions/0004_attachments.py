"""The register of attachments: what is kept, who brought it, and how long it is kept unnamed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the two tables."""
    text = sa.Text(collation="C")
    instant = sa.TIMESTAMP(timezone=True)
    op.create_table(
        "attachments",
        sa.Column("id", text, sa.CheckConstraint("id ~ '^[0-9a-f]{64}$'"), primary_key=True),
        sa.Column("media_type", text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        # whether the content is there, so that commands may name it
        sa.Column("stored", sa.Boolean, nullable=False, server_default=sa.false()),
        # whether an event is known to name it: then it stays
        sa.Column("kept", sa.Boolean, nullable=False, server_default=sa.false()),
        # when it was last uploaded, or a command was last about to name it, by the database's clock
        sa.Column("wanted_at", instant, nullable=False, server_default=sa.func.clock_timestamp()),
    )
    op.create_index("attachments_wanted_at_idx", "attachments", ["wanted_at"], postgresql_where=sa.text("not kept"))
    op.create_table(
        "attachment_uploads",
        sa.Column("attachment", text, sa.ForeignKey("attachments.id", ondelete="cascade"), primary_key=True),
        sa.Column("subject", text, primary_key=True),
        sa.Column("uploaded_at", instant, nullable=False),
    )
