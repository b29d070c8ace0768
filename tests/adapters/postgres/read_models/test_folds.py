"""What holds for every fold: a fact twice is a fact once, and in pieces is in one go."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.postgres.read_models.all import READ_MODELS
from adapters.postgres.read_models.deductions import DEDUCTIONS
from adapters.postgres.read_models.licences import LICENCES
from adapters.postgres.read_models.model import Fact, Key, ReadModel, Row
from adapters.postgres.read_models.revocations import REVOCATIONS
from adapters.postgres.read_models.rows import Rows
from domain.licensing.events import LicenceEvent
from domain.licensing.folding import LICENCE
from domain.licensing.licence import Licence
from tests.adapters.postgres.read_models.lives import lives
from tests.adapters.postgres.read_models.told import rows, told
from tests.domain.licensing.practice import LICENCE_ID

licence_models = st.sampled_from([LICENCES, DEDUCTIONS, REVOCATIONS])


def folded(model: ReadModel[Any], facts: Sequence[Fact], before: Mapping[Key, Row] | None = None) -> Mapping[Key, Any]:
    """All rows after some facts."""
    there = before or {}
    return {**there, **model.changed(there, model.followed(facts))}


@given(model=licence_models, life=lives(), data=st.data())
def test_any_fact_told_twice_is_told_once(model: ReadModel[Any], life: list[LicenceEvent], data: st.DataObject) -> None:
    facts = told(LICENCE, LICENCE_ID, *life)
    again = data.draw(st.integers(1, len(facts)))
    since = data.draw(st.integers(0, again - 1))
    repeated = [*facts[:again], *facts[since:]]
    assert folded(model, repeated) == folded(model, facts)


@given(model=licence_models, life=lives(), data=st.data())
def test_in_two_pieces_the_rows_are_those_of_one(
    model: ReadModel[Any], life: list[LicenceEvent], data: st.DataObject
) -> None:
    facts = told(LICENCE, LICENCE_ID, *life)
    middle = data.draw(st.integers(0, len(facts)))
    assert folded(model, facts[middle:], folded(model, facts[:middle])) == folded(model, facts)


@given(life=lives())
def test_a_licence_stands_as_decisions_see_it(life: list[LicenceEvent]) -> None:
    decided: Licence | None = LICENCE.fold(life)
    (row,) = rows(LICENCES, told(LICENCE, LICENCE_ID, *life))
    assert decided is not None
    held = decided.registration
    assert row.version == len(life)
    assert row.status == decided.status
    assert row.company_id == (held.company_id if held else None)
    assert row.employer_id == decided.employer
    assert row.number == (decided.registrations[-1].licence_number if decided.registrations else None)
    assert [entry.project_id for entry in row.appointments] == [entry.project_id for entry in decided.appointments]
    assert sum(entry.building_area_m2 for entry in row.appointments) == decided.appointed_area.square_metres
    assert dict(row.file.points) == {entry.cycle: decided.total(entry.cycle) for entry in decided.deductions.values()}
    standing = {(entry.cycle, entry.kind) for entry in row.file.warnings if not entry.withdrawn}
    assert standing == decided.warnings
    assert [entry.cycle for entry in row.file.proposals] == [entry.cycle for entry in decided.proposals]
    assert [entry.cycle for entry in row.file.revocations] == [entry.cycle for entry in decided.revocations]
    assert {entry.year for entry in row.file.inspections if entry.passed} == decided.passed_years
    assert (row.name is None) == decided.is_erased


@given(life=lives())
def test_deductions_stand_as_decisions_see_them(life: list[LicenceEvent]) -> None:
    decided = LICENCE.fold(life)
    assert decided is not None
    found = {row.id: row for row in rows(DEDUCTIONS, told(LICENCE, LICENCE_ID, *life))}
    assert found.keys() == decided.deductions.keys()
    for key, deduction in decided.deductions.items():
        assert found[key].status == deduction.status
        assert found[key].object_by == deduction.object_by
        objection = found[key].objection
        assert (objection.status if objection else None) == deduction.objection


@pytest.mark.parametrize("model", READ_MODELS, ids=lambda model: model.name)
def test_the_fields_of_a_row_are_the_columns_of_its_table(model: ReadModel[Any]) -> None:
    Rows(model)
    assert model.table.name == model.name
    assert set(model.personal) <= set(model.table.c.keys())
    assert bool(model.personal) == bool(model.erases)
