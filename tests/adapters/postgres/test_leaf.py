"""The leaf of an event: one vector for Python and for SQL."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from adapters.postgres.leaf import leaf_of
from tests.adapters.postgres.bench import Bench

AN_EVENT = {
    "position": 7,
    "stream": "licence-6b1f2c58-7c2f-5d0e-9a41-3f0c9c0b7e21",
    "version": 3,
    "type": "licence.扣分",
    "data": b'{"points":12}',
    "metadata": b"",
    "recorded_at": datetime(2026, 11, 24, 1, 2, 3, 456789, tzinfo=UTC),
}
SPELT_OUT = (
    "00"
    "0000000000000007"
    "0000002c" + b"licence-6b1f2c58-7c2f-5d0e-9a41-3f0c9c0b7e21".hex() + "0000000000000003"
    "0000000e" + "licence.扣分".encode().hex() + "0000000d" + b'{"points":12}'.hex() + "00000000"
    "000660fb422b5115"
)
LEAF = "5806443e816104e281b5a744e5739c8b2b5d3f0b235be2990f6c0a893f4223dc"


def test_the_vector_in_python() -> None:
    assert sha256(bytes.fromhex(SPELT_OUT)).hexdigest() == LEAF
    assert leaf_of(**AN_EVENT).hex() == LEAF  # type: ignore[arg-type] # the parts by name


async def test_the_vector_in_sql(log: Bench) -> None:
    leaf = await log.sees("select event_leaf($1, $2, $3, $4, $5, $6, $7)", *AN_EVENT.values())
    assert leaf.hex() == LEAF


@pytest.mark.parametrize("part", list(AN_EVENT))
def test_every_part_counts(part: str) -> None:
    other = {"position": 8, "version": 4, "recorded_at": datetime(2026, 11, 24, 1, 2, 3, 456788, tzinfo=UTC)}
    changed = {**AN_EVENT, part: other.get(part, b"x" if part in {"data", "metadata"} else "x")}
    assert leaf_of(**changed).hex() != LEAF  # type: ignore[arg-type] # the parts by name


@pytest.mark.parametrize(
    "instant", [datetime(1970, 1, 1, tzinfo=UTC), datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)]
)
async def test_instants_about_the_epoch_agree(log: Bench, instant: datetime) -> None:
    event = {**AN_EVENT, "recorded_at": instant}
    leaf = await log.sees("select event_leaf($1, $2, $3, $4, $5, $6, $7)", *event.values())
    assert leaf == leaf_of(**event)  # type: ignore[arg-type] # the parts by name
