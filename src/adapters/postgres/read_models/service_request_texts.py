"""Read model `service_request_texts`: what a request says, apart from what changes with every step, to be searched.

It is searched by grams: the single characters and the pairs of neighbours that a text has, in an index over their
array. A trigram index (pg_trgm) would need three characters where Chinese words have one or two, and under the C locale
it takes no Chinese character for a letter at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from adapters.postgres.read_models.model import TEXT, Fact, Key, ReadModel, names_of, thing_of
from domain.service_requests.events import ServiceRequestCompleted, ServiceRequestReceived, ServiceRequestReopened
from domain.service_requests.folding import SERVICE_REQUEST


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequestTextRow:
    """The words of one request; `received` is the position of its first event, `result` that of this round of work."""

    id: UUID
    position: int
    received: int
    project_id: UUID
    number: str
    unit: str
    description: str
    result: str | None


WORDS: Final = "lower(number || E'\\n' || unit || E'\\n' || description || E'\\n' || coalesce(result, ''))"
"""What is searched, in lower case; a line's end is in nothing that is looked for."""

# Built-in functions alone, so that no extension and no function of our own is needed: the characters, the pairs from
# the first character on, and the pairs from the second one on. What is left over at an end is a character, or nothing.
GRAMS: Final = f"""(
    string_to_array({WORDS}, null)
    || string_to_array(regexp_replace({WORDS}, '(..)', E'\\\\1\\x01', 'g'), E'\\x01')
    || string_to_array(regexp_replace(substr({WORDS}, 2), '(..)', E'\\\\1\\x01', 'g'), E'\\x01')
)"""
"""The grams of a row, as an SQL expression over its columns."""


def grams_of(sought: str) -> list[str]:
    """Answer the grams that every text has in which this stands: its pairs, or itself when it is one character."""
    lowered = lower(sought)
    if len(lowered) == 1:
        return [lowered]
    return sorted({lowered[at : at + 2] for at in range(len(lowered) - 1)})


def lower(sought: str) -> str:
    """Lower the letters that the C locale lowers: A to Z."""
    return sought.translate(_LOWER)


_LOWER: Final = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}

_TABLE: Final = sa.Table(
    "service_request_texts",
    sa.MetaData(),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("received", sa.BigInteger, nullable=False),
    sa.Column("project_id", sa.Uuid, nullable=False),
    sa.Column("number", TEXT, nullable=False),
    sa.Column("unit", TEXT, nullable=False),
    sa.Column("description", TEXT, nullable=False),
    sa.Column("result", TEXT),
    sa.Index("received", "received"),
    sa.Index("project", "project_id", "received"),
    sa.Index("number", "number"),
    sa.Index("grams", sa.text(GRAMS), postgresql_using="gin"),
)


def _keys(fact: Fact) -> Iterable[Key]:
    return ((thing_of(fact.stream),),)


def _fold(row: ServiceRequestTextRow | None, fact: Fact) -> ServiceRequestTextRow | None:
    match fact.event:
        case ServiceRequestReceived() as received:
            return ServiceRequestTextRow(
                id=thing_of(fact.stream),
                position=fact.position,
                received=fact.position,
                project_id=received.project_id,
                number=received.number,
                unit=received.unit,
                description=received.description,
                result=None,
            )
        case ServiceRequestCompleted(result=result) if row is not None:
            return replace(row, result=result)
        case ServiceRequestReopened() if row is not None:
            return replace(row, result=None)
        case _:
            return row


SERVICE_REQUEST_TEXTS: Final = ReadModel[ServiceRequestTextRow](
    name="service_request_texts",
    shape=1,
    row=ServiceRequestTextRow,
    table=_TABLE,
    follows=names_of(SERVICE_REQUEST, ServiceRequestReceived, ServiceRequestCompleted, ServiceRequestReopened),
    keys=_keys,
    fold=_fold,
)
