"""What is not on record yet, found in the read model: the same as anybody finds who folds everything."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from adapters.postgres.read_models.service_requests import SERVICE_REQUESTS
from adapters.postgres.read_models.service_watch import PostgresMissedDeadlines
from application.service_requests.watching import Missing
from domain.kernel.district import District
from domain.kernel.identifiers import ServiceRequestId
from domain.service_requests.clocks import overdue
from domain.service_requests.events import ServiceRequestEvent
from domain.service_requests.folding import SERVICE_REQUEST
from domain.service_requests.overdue import OVERDUE, Answerable, note_overdue
from domain.service_requests.request import ServiceRequest
from tests.adapters.postgres.read_models.desk import RIVER, filed
from tests.adapters.postgres.read_models.request_lives import lives
from tests.adapters.postgres.read_models.told import rows, told
from tests.adapters.postgres.read_models.town import Town
from tests.domain.service_requests.builders import LEAK, at

PLACE = Answerable(project_id=RIVER, district=District("420102"), company_id=None, licence_id=None)
EVERYTHING_IS_LATE = at(10_000)

later = st.integers(0, 20_000).map(lambda minutes: timedelta(minutes=minutes))


def decided(life: list[ServiceRequestEvent]) -> ServiceRequest:
    state = SERVICE_REQUEST.fold(life)
    assert state is not None
    return state


@given(life=lives(), noting=later, looking=later)
def test_watch_has_passed_exactly_when_something_is_missed_that_is_not_on_record(
    life: list[ServiceRequestEvent], noting: timedelta, looking: timedelta
) -> None:
    request = decided(life)
    facts = note_overdue(None, overdue(request, request.last_step_at + noting), PLACE)
    log = told(SERVICE_REQUEST, LEAK, *life)
    log += told(OVERDUE, LEAK, *facts, after=log[-1].position)
    (row,) = rows(SERVICE_REQUESTS, log)
    now = request.last_step_at + looking
    waiting = note_overdue(OVERDUE.fold(facts), overdue(request, now), PLACE)
    if waiting:
        assert row.watch == min(fact.due for fact in waiting)
    else:
        assert row.watch is None or row.watch >= now


async def test_what_is_not_on_record_is_found_page_by_page_the_longest_missed_first(town: Town) -> None:
    await town.build(SERVICE_REQUESTS)
    for request in filed():
        await town.tell(SERVICE_REQUEST, request.id, *request.life)
    await town.follow()
    found: list[Missing] = []
    missed = PostgresMissedDeadlines(town.database)
    while page := await missed.unnoted(EVERYTHING_IS_LATE, after=found[-1] if found else None, limit=5):
        assert len(page) <= 5
        found += page
    expected: list[Missing] = []
    for request in filed():
        dues = [each.due for each in overdue(decided(list(request.life)), EVERYTHING_IS_LATE)]
        expected += [Missing(min(dues), request.id)] if dues else []
    assert found == sorted(expected, key=lambda each: (each.since, each.request_id))
    assert len(found) > 10


async def test_what_is_on_record_is_not_found_again(town: Town) -> None:
    await town.build(SERVICE_REQUESTS)
    first = filed()[0]
    await town.tell(SERVICE_REQUEST, first.id, *first.life)
    facts = note_overdue(None, overdue(decided(list(first.life)), at(10)), PLACE)
    await town.tell(OVERDUE, first.id, *facts)
    await town.follow()
    missed = PostgresMissedDeadlines(town.database)
    assert await missed.unnoted(at(10), limit=5) == []
    assert [each.request_id for each in await missed.unnoted(EVERYTHING_IS_LATE, limit=5)] == [
        ServiceRequestId(first.id)
    ]
