"""Read model `attachment_names`: one row per event that names attachments, with the thing that it happened to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from adapters.postgres.read_models.model import TEXT, Fact, Key, ReadModel, names_of, thing_of
from application.kernel.attachments import ids_among
from domain.kernel.aggregate import StreamName
from domain.kernel.identifiers import AttachmentId
from domain.licensing.events import PointsDeducted
from domain.licensing.folding import LICENCE
from domain.service_requests.events import STORED_NAMES, ServiceRequestCompleted, ServiceRequestReceived

_HYPHEN_AND_ID: Final = len(f"-{UUID(int=0)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentNamesRow:
    """The attachments that one event names, and the thing that it happened to."""

    position: int
    aggregate: str
    thing_id: UUID
    attachments: tuple[str, ...]


_TABLE: Final = sa.Table(
    "attachment_names",
    sa.MetaData(),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("aggregate", TEXT, nullable=False),
    sa.Column("thing_id", sa.Uuid, nullable=False),
    sa.Column("attachments", JSONB, nullable=False),
    sa.Index("attachments", "attachments", postgresql_using="gin", postgresql_ops={"attachments": "jsonb_path_ops"}),
)


def _named(fact: Fact) -> tuple[AttachmentId, ...]:
    """Answer what an event names; of evidence, which may be any text, what was found to be an attachment."""
    match fact.event:
        case PointsDeducted(evidence=evidence, attachments=None):
            return ids_among(evidence)
        case PointsDeducted(attachments=tuple() as named):
            return named
        case ServiceRequestReceived(attachments=named) | ServiceRequestCompleted(attachments=named):
            return named
        case _:
            return ()


def _aggregate_of(stream: StreamName) -> str:
    return stream[:-_HYPHEN_AND_ID]


def _keys(fact: Fact) -> Iterable[Key]:
    return ((fact.position,),) if _named(fact) else ()


def _fold(row: AttachmentNamesRow | None, fact: Fact) -> AttachmentNamesRow | None:
    del row  # an event happens once
    return AttachmentNamesRow(
        position=fact.position,
        aggregate=_aggregate_of(fact.stream),
        thing_id=thing_of(fact.stream),
        attachments=_named(fact),
    )


ATTACHMENT_NAMES: Final = ReadModel[AttachmentNamesRow](
    name="attachment_names",
    shape=1,
    row=AttachmentNamesRow,
    table=_TABLE,
    follows=names_of(LICENCE, PointsDeducted)
    | {name for name, event in STORED_NAMES.items() if event in {ServiceRequestReceived, ServiceRequestCompleted}},
    keys=_keys,
    fold=_fold,
)
