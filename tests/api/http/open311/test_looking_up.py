"""Which requests a query means: 90 days at most, a thousand at most, and nothing that is not understood."""

from datetime import UTC, datetime, timedelta

import pytest

from api.http.open311.errors import NotGranted
from api.http.open311.given import Given
from api.http.open311.looking_up import SPAN, asked_for, filter_of, named
from application.service_requests.public import PublicRequestFilter
from domain.service_requests.request import Status
from domain.service_requests.words import Category
from tests.api.http.open311.made_up import NOON, Board, request

MARCH = datetime(2026, 3, 1, tzinfo=UTC)


def filtered(query: str) -> PublicRequestFilter:
    return filter_of(Given.of(query.encode()), NOON)


def refused(query: str) -> tuple[int, str]:
    with pytest.raises(NotGranted) as raised:
        filtered(query)
    (said,) = raised.value.said
    return raised.value.status, said.en


def test_without_dates_it_is_the_last_ninety_days() -> None:
    assert filtered("") == PublicRequestFilter(since=NOON - SPAN, until=NOON)
    assert timedelta(days=90) == SPAN


def test_one_date_begins_or_ends_ninety_days() -> None:
    found = filtered("start_date=2026-03-01T00:00:00Z")
    assert (found.since, found.until) == (MARCH, MARCH + SPAN)
    found = filtered("end_date=2026-03-01T08:00:00%2B08:00")
    assert (found.since, found.until) == (MARCH - SPAN, MARCH)


def test_a_plus_that_became_a_space_is_a_plus() -> None:
    assert filtered("end_date=2026-03-01T08:00:00+08:00").until == MARCH


def test_ninety_days_are_allowed_and_a_second_more_is_not() -> None:
    assert filtered("start_date=2026-03-01T00:00:00Z&end_date=2026-05-30T00:00:00Z").until == MARCH + SPAN
    status, said = refused("start_date=2026-03-01T00:00:00Z&end_date=2026-05-30T00:00:01Z")
    assert (status, "90 days" in said) == (400, True)


def test_dates_that_run_backwards() -> None:
    same = "start_date=2026-03-01T00:00:00Z&end_date=2026-03-01T00:00:00Z"
    assert filtered(same).since == MARCH
    assert refused("start_date=2026-03-01T00:00:01Z&end_date=2026-03-01T00:00:00Z")[0] == 400


@pytest.mark.parametrize("value", ["yesterday", "2026-03-01", "2026-03-01T00:00:00", "2026-02-30T00:00:00Z", "%00"])
def test_what_is_no_instant(value: str) -> None:
    status, said = refused(f"start_date={value}")
    assert status == 400
    assert said.startswith("start_date ")


def test_the_year_one_is_refused_before_it_is_reckoned_with() -> None:
    assert refused("end_date=0001-01-01T00:00:00Z")[0] == 400


def test_services_and_statuses_between_commas_or_one_by_one() -> None:
    wanted = frozenset({Category.MINOR, Category.COMPLAINT})
    assert filtered("service_code=minor,%20complaint").categories == wanted
    assert filtered("service_code=minor&service_code=complaint").categories == wanted
    assert filtered("status=open").has_ended is False
    assert filtered("status=closed").has_ended is True
    assert filtered("status=open,closed").has_ended is None


def test_a_service_or_a_status_that_is_none() -> None:
    assert refused("service_code=minor,graffiti") == (404, "service_code names no service here")
    assert refused("status=done") == (400, "status must be open or closed")


def test_what_has_no_meaning_here_is_let_pass() -> None:
    assert filtered("extensions=true&lat=32.4&q=%27%3B--&status=") == filtered("")


async def test_pages_go_on_where_the_last_one_ended() -> None:
    board = Board([request(number) for number in range(7)])
    pages = [
        [each.number[-1] for each in await asked_for(board, Given.of(f"page_size=3&page={page}".encode()), NOON)]
        for page in (1, 2, 3, 4)
    ]
    assert pages == [["0", "1", "2"], ["3", "4", "5"], ["6"], []]


@pytest.mark.parametrize("query", ["page=0", "page=101", "page_size=1001", "page_size=x", "page=-1", "page=1e3"])
async def test_pages_that_there_are_not(query: str) -> None:
    with pytest.raises(NotGranted) as raised:
        await asked_for(Board(), Given.of(query.encode()), NOON)
    assert raised.value.status == 400


async def test_a_thousand_at_once() -> None:
    board = Board([request(number, received_at=NOON) for number in range(1_001)])
    assert len(await asked_for(board, Given.of(b""), NOON)) == 1_000
    assert len(await asked_for(board, Given.of(b"page_size=1000&page=100"), NOON)) == 0


async def test_requests_that_are_named_leave_everything_else_aside() -> None:
    closed = request(1, status=Status.CLOSED, received_at=MARCH - timedelta(days=900))
    board = Board([closed, request(2)])
    query = f"service_request_id={closed.number.lower()},{request(2).id}&status=open&start_date=nonsense"
    assert set(await asked_for(board, Given.of(query.encode()), NOON)) == {closed, request(2)}


@pytest.mark.parametrize("name", ["", "1", "SR-321000-20261124-", "\x00", "' or ''='", "无", "a" * 36, "7" * 26])
async def test_what_is_neither_number_nor_id_names_nothing(name: str) -> None:
    assert await named(Board([request(1)]), [name]) == ()


async def test_more_than_a_thousand_names() -> None:
    names = ",".join(["x"] * 1_001)
    with pytest.raises(NotGranted) as raised:
        await asked_for(Board(), Given.of(f"service_request_id={names}".encode()), NOON)
    assert raised.value.status == 400
