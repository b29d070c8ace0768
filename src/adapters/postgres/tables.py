"""The tables of the log, for queries and for migrations to be checked against."""

from typing import Final

import sqlalchemy as sa

METADATA: Final = sa.MetaData()
"""All tables of a city's schema; read models add their own."""

_TEXT: Final = sa.Text(collation="C")
_INSTANT: Final = sa.TIMESTAMP(timezone=True)

EVENTS: Final = sa.Table(
    "events",
    METADATA,
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("stream", _TEXT, nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("type", _TEXT, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
    sa.Column("metadata", sa.LargeBinary, nullable=False),
    sa.Column("recorded_at", _INSTANT, nullable=False),
    sa.Column("leaf", sa.LargeBinary, nullable=False),
    sa.UniqueConstraint("stream", "version", name="events_stream_version_key"),
    sa.Index("events_type_position_idx", "type", "position"),
)
STREAMS: Final = sa.Table(
    "streams",
    METADATA,
    sa.Column("stream", _TEXT, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False),
)
LOG_HEAD: Final = sa.Table(
    "log_head",
    METADATA,
    sa.Column("one", sa.Boolean, primary_key=True),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("recorded_at", _INSTANT, nullable=False),
)
RECEIPTS: Final = sa.Table(
    "receipts",
    METADATA,
    sa.Column("digest", sa.LargeBinary, primary_key=True),
    sa.Column("fingerprint", sa.LargeBinary, nullable=False),
    sa.Column("thing_id", sa.Uuid, nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("details", sa.JSON, nullable=False),
    sa.Column("recorded_at", _INSTANT, nullable=False),
    sa.Index("receipts_recorded_at_idx", "recorded_at", postgresql_using="brin"),
)
ABANDONED_BATCHES: Final = sa.Table(
    "abandoned_batches",
    METADATA,
    sa.Column("batch", sa.Uuid, primary_key=True),
    sa.Column("abandoned_at", _INSTANT, nullable=False),
)
PERSON_KEYS: Final = sa.Table(
    "person_keys",
    METADATA,
    sa.Column("person", _TEXT, primary_key=True),
    sa.Column("wrapped", sa.LargeBinary, nullable=False),
    sa.Column("created_at", _INSTANT, nullable=False),
)
SETTINGS: Final = sa.Table(
    "settings",
    METADATA,
    sa.Column("name", _TEXT, primary_key=True),
    sa.Column("value", sa.LargeBinary, nullable=False),
)
CHECKPOINTS: Final = sa.Table(
    "checkpoints",
    METADATA,
    sa.Column("name", _TEXT, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("shape", sa.Integer, nullable=False),
    sa.Column("state", _TEXT, nullable=False),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("passed_over", sa.BigInteger, nullable=False),
    sa.Column("built_at", _INSTANT),
    sa.Index("checkpoints_one_building", "name", unique=True, postgresql_where=sa.text("state = 'building'")),
    sa.Index("checkpoints_one_live", "name", unique=True, postgresql_where=sa.text("state = 'live'")),
)
LIBRARY_TRACKING: Final = sa.Table(
    "library_tracking",
    METADATA,
    sa.Column("recorder", _TEXT, primary_key=True),
    sa.Column("application", _TEXT, primary_key=True),
    sa.Column("position", sa.BigInteger, nullable=False),
)
LIBRARY_SNAPSHOTS: Final = sa.Table(
    "library_snapshots",
    METADATA,
    sa.Column("application", _TEXT, primary_key=True),
    sa.Column("stream", _TEXT, primary_key=True),
    sa.Column("version", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("type", _TEXT, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
)
ATTACHMENTS: Final = sa.Table(
    "attachments",
    METADATA,
    sa.Column("id", _TEXT, primary_key=True),
    sa.Column("media_type", _TEXT, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("stored", sa.Boolean, nullable=False),
    sa.Column("kept", sa.Boolean, nullable=False),
    sa.Column("wanted_at", _INSTANT, nullable=False),
    sa.Index("attachments_wanted_at_idx", "wanted_at", postgresql_where=sa.text("not kept")),
)
ATTACHMENT_UPLOADS: Final = sa.Table(
    "attachment_uploads",
    METADATA,
    sa.Column("attachment", _TEXT, sa.ForeignKey("attachments.id", ondelete="cascade"), primary_key=True),
    sa.Column("subject", _TEXT, primary_key=True),
    sa.Column("uploaded_at", _INSTANT, nullable=False),
)
