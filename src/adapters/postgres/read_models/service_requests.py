"""Read model `service_requests`: one row per request, folded as decisions fold it; its words stand beside it."""

from collections.abc import Iterable
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from adapters.postgres.read_models.model import INSTANT, TEXT, Fact, Key, ReadModel, names_of, thing_of
from adapters.postgres.read_models.service_request_folding import fold
from adapters.postgres.read_models.service_request_rows import ServiceRequestRow
from domain.service_requests.events import ServiceRequestRequestRefused
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.overdue import OVERDUE

_TABLE: Final = sa.Table(
    "service_requests",
    sa.MetaData(),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("received", sa.BigInteger, nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("project_id", sa.Uuid, nullable=False),
    sa.Column("received_at", INSTANT, nullable=False),
    sa.Column("kind", TEXT, nullable=False),
    sa.Column("category", TEXT, nullable=False),
    sa.Column("priority", TEXT, nullable=False),
    sa.Column("major", sa.Boolean, nullable=False),
    sa.Column("channel", TEXT, nullable=False),
    sa.Column("zone", TEXT),
    sa.Column("reference", TEXT),
    sa.Column("rule_set", TEXT, nullable=False),
    sa.Column("reporter", TEXT),
    sa.Column("reported_by", TEXT),
    sa.Column("status", TEXT, nullable=False),
    sa.Column("assignee", TEXT),
    sa.Column("assignee_name", TEXT),
    sa.Column("respond_by", INSTANT, nullable=False),
    sa.Column("resolve_by", INSTANT, nullable=False),
    sa.Column("take_charge_by", INSTANT),
    sa.Column("responded_at", INSTANT),
    sa.Column("completed_at", INSTANT),
    sa.Column("ended_at", INSTANT),
    sa.Column("charged_at", INSTANT),
    sa.Column("paused_at", INSTANT),
    sa.Column("pause_reason", TEXT),
    sa.Column("last_step_at", INSTANT, nullable=False),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("noted", JSONB),
    sa.Column("watch", INSTANT),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("attempted_at", INSTANT),
    sa.Column("duplicate_of", sa.Uuid),
    sa.Column("late", sa.Boolean, nullable=False),
    sa.Column("due", INSTANT),
    sa.Column("late_response", sa.Boolean, nullable=False),
    sa.Column("response_due", INSTANT),
    sa.Column("late_resolution", sa.Boolean, nullable=False),
    sa.Column("resolution_due", INSTANT),
    sa.Column("was_completed", sa.Boolean, nullable=False),
    sa.Column("was_visited", sa.Boolean, nullable=False),
    sa.Column("satisfied", sa.Integer, nullable=False),
    sa.Column("unsatisfied", sa.Integer, nullable=False),
    sa.Column("rated", sa.Integer, nullable=False),
    sa.Column("rating_sum", sa.Integer, nullable=False),
    sa.Column("rating", sa.Integer),
    sa.Column("archived", sa.BigInteger),
    sa.Column("archived_at", INSTANT),
    sa.Column("lesson", TEXT),
    sa.Column("story", JSONB, nullable=False),
    sa.Index("received", "received"),
    sa.Index("days", "received_at", "id"),
    sa.Index("status", "status", "received"),
    sa.Index("kind", "kind", "received"),
    sa.Index("project", "project_id", "received"),
    sa.Index("project_days", "project_id", "received_at"),
    # What is or may become overdue, and what has not ended: few of many.
    sa.Index("overdue", "received", postgresql_where=sa.text("late or due is not null")),
    sa.Index("watch", "watch", "id", postgresql_where=sa.text("watch is not null")),
    sa.Index("open", "project_id", postgresql_where=sa.text("ended_at is null")),
    sa.Index("archived", "archived", postgresql_where=sa.text("archived is not null")),
)


def _keys(fact: Fact) -> Iterable[Key]:
    return ((thing_of(fact.stream),),)


SERVICE_REQUESTS: Final = ReadModel[ServiceRequestRow](
    name="service_requests",
    shape=3,
    row=ServiceRequestRow,
    table=_TABLE,
    follows=(names_of(SERVICE_REQUEST) | names_of(OVERDUE)) - names_of(SERVICE_REQUEST, ServiceRequestRequestRefused),
    keys=_keys,
    fold=fold,
)
