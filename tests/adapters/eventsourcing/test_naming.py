"""Ids stand for streams and back; what has the form of ours is read and never written."""

from uuid import UUID

import pytest
from eventsourcing.persistence import ProgrammingError

from adapters.eventsourcing.naming import refuse_ours, stream_of, text, uuid_or_text
from api.compose import AGGREGATES
from tests.adapters.eventsourcing.stored import bought

ID = UUID("6b1f2c58-7c2f-5d0e-9a41-3f0c9c0b7e21")


@pytest.mark.parametrize("originator_id", [ID, "order/7", f"licence-{ID}", f"{ID}x", "", "订单-7", str(ID).upper()])
def test_an_id_is_found_again(originator_id: UUID | str) -> None:
    assert uuid_or_text(stream_of(originator_id)) == originator_id


@pytest.mark.parametrize("originator_id", [str(ID), "order/7", f"licence-{ID}"])
def test_an_id_of_text_stays_one(originator_id: str) -> None:
    assert text(stream_of(originator_id)) == originator_id


@pytest.mark.parametrize("originator_id", [ID, str(ID), "order/7", f"order/{ID}", "licence-7", f"licence-{ID}-7"])
def test_the_library_has_its_own_streams(originator_id: UUID | str) -> None:
    refuse_ours([bought(of=originator_id)])


@pytest.mark.parametrize("name", [*(aggregate.name for aggregate in AGGREGATES), "anything-else", "A\nB", ""])
def test_streams_of_ours_are_refused(name: str) -> None:
    with pytest.raises(ProgrammingError, match="has the form of the register's own streams"):
        refuse_ours([bought(), bought(of=f"{name}-{ID}")])
    with pytest.raises(ProgrammingError, match="has the form of the register's own streams"):
        refuse_ours([bought(of=f"{name}-{str(ID).upper()}")])


def test_refusals_beside_a_thing_are_streams_of_ours() -> None:
    for aggregate in AGGREGATES:
        with pytest.raises(ProgrammingError):
            refuse_ours([bought(of=aggregate.refusals(ID))])


@pytest.mark.parametrize("topic", ["shop:Bought", "shop.orders:Order.Placed", "Bought", "bought", "Shop.Bought"])
def test_the_library_has_its_own_topics(topic: str) -> None:
    refuse_ours([bought(topic=topic)])


def test_types_of_ours_are_refused() -> None:
    names = [name for aggregate in AGGREGATES for name in aggregate.events]
    assert names
    for name in [*names, "word.word-2"]:
        with pytest.raises(ProgrammingError, match="has the form of the register's own event types"):
            refuse_ours([bought(topic=name)])
