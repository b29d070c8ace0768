"""A city begins with one rule set, adopts later ones, and shows which is in force."""

import asyncio
from datetime import date

import pytest

from application.kernel.permissions import Forbidden
from application.kernel.refusals import RefusedOnRecord
from application.kernel.states import States
from application.kernel.submission import Submission
from application.rulebook.adopting_rule_set import AdoptingRuleSet
from application.rulebook.initialising_city import InitialiseCity, InitialisingCity
from application.rulebook.queries import ReadingRuleSets, RuleSetPage
from domain.kernel.errors import NoSuchThing
from domain.rulebook.adopting import AdoptRuleSet
from domain.rulebook.rulebook import RULEBOOK, RULEBOOK_ID
from tests.application.city import CLERK, DISTRICT_OFFICER, SYSTEM, TODAY, City
from tests.domain.rule_sets import DEFAULT, rule_set

BEGIN = InitialiseCity(first=DEFAULT)
NEXT_YEAR = AdoptRuleSet(version="2027-1", in_force_from=date(2027, 1, 1), max_projects=3)


def reading(city: City) -> ReadingRuleSets:
    return ReadingRuleSets(States(city.store), city.clock)


async def test_a_city_begins_once() -> None:
    city = City()
    assert (await city.ask(InitialisingCity(), BEGIN, by=SYSTEM)).version == 1
    assert (await city.ask(InitialisingCity(), BEGIN, by=SYSTEM)).version == 1
    assert [entry.type for entry in await city.events()] == ["rule-set.adopted"]


async def test_two_processes_that_start_at_once_begin_one_city() -> None:
    city = City()
    ledgers = [city.another_process() for _ in range(10)]
    await asyncio.gather(*(each.submit(InitialisingCity(), Submission(caller=SYSTEM), BEGIN) for each in ledgers))
    assert [entry.type for entry in await city.events()] == ["rule-set.adopted"]


async def test_only_the_command_line_begins_a_city() -> None:
    with pytest.raises(Forbidden):
        await City().ask(InitialisingCity(), BEGIN, by=CLERK)


async def test_a_city_that_has_not_begun_adopts_nothing() -> None:
    with pytest.raises(NoSuchThing):
        await City().ask(AdoptingRuleSet(), NEXT_YEAR)


async def test_the_authority_adopts_a_later_rule_set() -> None:
    city = await City.begun()
    receipt = await city.ask(AdoptingRuleSet(), NEXT_YEAR)
    assert (receipt.id, receipt.version) == (RULEBOOK_ID, 2)
    later = rule_set(version="2027-1", in_force_from=date(2027, 1, 1), max_projects=3)
    assert (await reading(city).current(date(2026, 12, 31)))[0] == RuleSetPage.of(DEFAULT)
    assert await reading(city).current(date(2027, 1, 1)) == (RuleSetPage.of(later), 2)


async def test_a_rule_set_is_found_by_its_version() -> None:
    city = await City.begun()
    await city.ask(AdoptingRuleSet(), NEXT_YEAR)
    assert await reading(city).find(DEFAULT.version) == (RuleSetPage.of(DEFAULT), 1)
    found = await reading(city).find("2027-1")
    assert found is not None
    assert (found[0].max_projects, found[1]) == (3, 2)
    assert await reading(city).find("2028-1") is None


async def test_a_district_adopts_none() -> None:
    city = await City.begun()
    with pytest.raises(Forbidden):
        await city.ask(AdoptingRuleSet(), NEXT_YEAR, by=DISTRICT_OFFICER)


async def test_today_is_the_citys_day() -> None:
    city = await City.begun()
    await city.ask(AdoptingRuleSet(), AdoptRuleSet(version="today", in_force_from=TODAY))
    yesterday = AdoptRuleSet(version="yesterday", in_force_from=date(2026, 11, 23))
    with pytest.raises(RefusedOnRecord, match=r"^rule-set\.in-force-in-the-past$"):
        await city.ask(AdoptingRuleSet(), yesterday)
    assert (await reading(city).current())[0].version == "today"
    city.clock.turn_to(date(2026, 11, 23))
    assert (await reading(city).current())[0].version == DEFAULT.version


async def test_a_refusal_is_recorded_beside_the_rulebook() -> None:
    city = await City.begun()
    again = AdoptRuleSet(version=DEFAULT.version, in_force_from=TODAY)
    with pytest.raises(RefusedOnRecord) as refused:
        await city.ask(AdoptingRuleSet(), again)
    last = (await city.events())[-1]
    assert (last.position, last.type, last.stream) == (
        refused.value.position,
        "rule-set.request-refused",
        RULEBOOK.refusals(RULEBOOK_ID),
    )
    assert last.data is not None
    assert last.data["asked"] == {"version": DEFAULT.version, "in_force_from": "2026-11-24"}


async def test_rule_sets_are_listed_in_the_order_of_adoption() -> None:
    city = await City.begun()
    await city.ask(AdoptingRuleSet(), NEXT_YEAR)
    await city.ask(AdoptingRuleSet(), AdoptRuleSet(version="2026-12", in_force_from=date(2026, 12, 1)))
    first = await reading(city).list(limit=2)
    assert [page.version for page in first.items] == [DEFAULT.version, "2027-1"]
    assert first.next == 2
    rest = await reading(city).list(after=first.next, limit=2)
    assert ([page.version for page in rest.items], rest.next) == (["2026-12"], None)
