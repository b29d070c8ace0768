"""The rows of service requests against what decisions know of them, over whatever may happen to one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.postgres.read_models.model import Fact, ReadModel
from adapters.postgres.read_models.service_request_rows import ServiceRequestRow, standing
from adapters.postgres.read_models.service_request_texts import SERVICE_REQUEST_TEXTS, grams_of
from adapters.postgres.read_models.service_requests import SERVICE_REQUESTS
from domain.service_requests.clocks import overdue
from domain.service_requests.events import ReturnVisitRecorded, ServiceRequestCompleted, ServiceRequestEvent
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.overdue import OVERDUE, Answerable, note_overdue
from domain.service_requests.request import Clock, ServiceRequest
from domain.service_requests.words import VisitOutcome
from tests.adapters.postgres.read_models.request_lives import lives
from tests.adapters.postgres.read_models.told import rows, told
from tests.domain.projects.builders import DISTRICT
from tests.domain.service_requests.builders import CLOSED, ESTATE, LEAK

models = st.sampled_from([SERVICE_REQUESTS, SERVICE_REQUEST_TEXTS])
later = st.integers(0, 20_000).map(lambda minutes: timedelta(minutes=minutes))


def decided(life: Sequence[ServiceRequestEvent]) -> ServiceRequest:
    state = SERVICE_REQUEST.fold(life)
    assert state is not None
    return state


def row_of(life: Sequence[ServiceRequestEvent]) -> ServiceRequestRow:
    (row,) = rows(SERVICE_REQUESTS, told(SERVICE_REQUEST, LEAK, *life))
    return row


@given(model=models, life=lives(), data=st.data())
def test_in_pieces_and_told_again_the_row_is_that_of_one(
    model: ReadModel[Any], life: list[ServiceRequestEvent], data: st.DataObject
) -> None:
    facts: list[Fact] = told(SERVICE_REQUEST, LEAK, *life)
    again = data.draw(st.integers(1, len(facts)))
    since = data.draw(st.integers(0, again))
    before = model.changed({}, model.followed(facts[:again]))
    after = {**before, **model.changed(before, model.followed(facts[since:]))}
    assert after == model.changed({}, model.followed(facts))


@given(life=lives())
def test_a_request_stands_as_decisions_see_it(life: list[ServiceRequestEvent]) -> None:
    state = decided(life)
    row = row_of(life)
    # What only rules ask for is left out of the row.
    assert standing(row) == replace(
        state,
        workers=frozenset(),
        has_reply=False,
        is_signed_off=False,
        is_satisfied=False,
        is_referred=False,
    )
    assert row.version == len(life)
    assert (row.archived is not None) == (state.lesson is not None)


@given(life=lives(), after=later)
def test_what_is_overdue_at_any_later_time_follows_from_the_columns(
    life: list[ServiceRequestEvent], after: timedelta
) -> None:
    state = decided(life)
    row = row_of(life)
    now = state.last_step_at + after
    missed = {each.clock for each in overdue(state, now)}
    assert (row.late or (row.due is not None and row.due < now)) == bool(missed)
    response = row.late_response or (row.response_due is not None and row.response_due < now)
    resolution = row.late_resolution or (row.resolution_due is not None and row.resolution_due < now)
    assert response == (Clock.RESPONSE in missed)
    assert resolution == (Clock.RESOLUTION in missed)


@given(life=lives())
def test_the_very_instant_of_the_next_deadline_is_in_time(life: list[ServiceRequestEvent]) -> None:
    row = row_of(life)
    if row.due is None or row.late:
        return
    state = decided(life)
    assert not overdue(state, row.due)
    assert overdue(state, row.due + timedelta(microseconds=1))


@given(life=lives(), data=st.data())
def test_what_is_watched_is_the_first_deadline_that_is_not_on_record(
    life: list[ServiceRequestEvent], data: st.DataObject
) -> None:
    state = decided(life)
    now = state.last_step_at + data.draw(later)
    missed = overdue(state, now)
    place = Answerable(project_id=ESTATE, district=DISTRICT, company_id=None, licence_id=None)
    notes = note_overdue(None, missed, place)[: data.draw(st.integers(0, len(missed)))]
    facts = [
        *told(SERVICE_REQUEST, LEAK, *life),
        *(replace(fact, position=len(life) + fact.position) for fact in told(OVERDUE, LEAK, *notes)),
    ]
    (row,) = rows(SERVICE_REQUESTS, facts)
    in_the_end = overdue(state, datetime.max.replace(tzinfo=UTC))
    unnoted = [each.due for each in in_the_end if each not in missed[: len(notes)]]
    assert row.watch == min(unnoted, default=None)
    assert row.version == len(life)
    assert (row.watch is not None and row.watch < now) == (len(notes) < len(missed))


@given(life=lives())
def test_visits_are_counted_over_all_rounds_and_coverage_over_the_last_completed_one(
    life: list[ServiceRequestEvent],
) -> None:
    row = row_of(life)
    visits = [event for event in life if isinstance(event, ReturnVisitRecorded)]
    ratings = [visit.rating for visit in visits if visit.rating is not None]
    assert row.satisfied == sum(visit.outcome is VisitOutcome.SATISFIED for visit in visits)
    assert row.unsatisfied == sum(visit.outcome is VisitOutcome.UNSATISFIED for visit in visits)
    assert (row.rated, row.rating_sum) == (len(ratings), sum(ratings))
    assert row.rating == (ratings[-1] if ratings else None)
    completions = [at for at, event in enumerate(life) if isinstance(event, ServiceRequestCompleted)]
    assert row.was_completed == bool(completions)
    if completions:
        since = life[completions[-1] :]
        reached = any(
            isinstance(it, ReturnVisitRecorded) and it.outcome is not VisitOutcome.UNREACHABLE for it in since
        )
        state = decided(life)
        assert row.was_visited == (reached or (state.completed_at is not None and state.was_visited))


@given(life=lives())
def test_what_is_searched_has_the_result_of_this_round(life: list[ServiceRequestEvent]) -> None:
    (row,) = rows(SERVICE_REQUEST_TEXTS, told(SERVICE_REQUEST, LEAK, *life))
    assert row.result == ("已修好" if decided(life).completed_at else None)


def test_a_request_that_was_never_received_cannot_be_followed() -> None:
    facts = told(SERVICE_REQUEST, LEAK, *CLOSED)[1:]
    with pytest.raises(LookupError, match="does not begin with the receipt"):
        rows(SERVICE_REQUESTS, facts)


@pytest.mark.parametrize(
    ("sought", "grams"),
    [
        ("漏", ["漏"]),
        ("漏水", ["漏水"]),
        ("水管漏水", ["水管", "漏水", "管漏"]),
        ("SR-1", ["-1", "r-", "sr"]),
        ("水水水", ["水水"]),
        ("É", ["É"]),
    ],
)
def test_grams_are_pairs_or_the_one_character_and_only_a_to_z_are_lowered(sought: str, grams: list[str]) -> None:
    assert grams_of(sought) == grams
