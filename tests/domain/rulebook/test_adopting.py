"""Adopting rule sets: versions are unique, and nothing comes into force on a day that is past."""

from dataclasses import fields
from datetime import date
from typing import Any

from domain.kernel.area import Area
from domain.kernel.rule_set import RevocationMode, RuleSet
from domain.rulebook.adopting import (
    AdoptRuleSet,
    adopt_first_rule_set,
    adopt_rule_set,
    comes_into_force_today_or_later,
    version_is_new,
)
from domain.rulebook.events import RulebookRequestRefused, RuleSetAdopted
from domain.rulebook.rulebook import RULEBOOK
from tests.domain.rule_sets import DEFAULT, rule_set
from tests.spec import Given

TODAY = date(2026, 11, 24)
given = Given(RULEBOOK)


def adopted(**changes: Any) -> RuleSetAdopted:
    kept = rule_set(**changes)
    return RuleSetAdopted(**{entry.name: getattr(kept, entry.name) for entry in fields(RuleSet)})


def ask(version: str = "2027-1", in_force_from: date = date(2027, 1, 1), **keys: Any) -> AdoptRuleSet:
    return AdoptRuleSet(version=version, in_force_from=in_force_from, **keys)


def test_a_city_begins_with_the_first_rule_set() -> None:
    given().when(adopt_first_rule_set, DEFAULT).then(adopted())


def test_a_city_that_has_begun_keeps_what_it_has() -> None:
    given(adopted()).when(adopt_first_rule_set, rule_set(version="other")).then()


def test_omitted_keys_are_those_of_the_set_in_force_today() -> None:
    later = adopted(version="2026-7", in_force_from=date(2026, 7, 1), max_projects=3)
    still_to_come = adopted(version="2026-12", in_force_from=date(2026, 12, 1), max_projects=4)
    given(adopted(), later, still_to_come).when(adopt_rule_set, ask(ban_years=3), today=TODAY).then(
        adopted(version="2027-1", in_force_from=date(2027, 1, 1), max_projects=3, ban_years=3)
    )


def test_every_named_key_is_taken() -> None:
    given(adopted()).when(
        adopt_rule_set,
        ask(max_area_m2=Area.of(150_000), revocation_mode=RevocationMode.AFTER_HEARING, holidays=(date(2027, 1, 1),)),
        today=TODAY,
    ).then(
        adopted(
            version="2027-1",
            in_force_from=date(2027, 1, 1),
            max_area_m2=Area.of(150_000),
            revocation_mode=RevocationMode.AFTER_HEARING,
            holidays=(date(2027, 1, 1),),
        )
    )


def test_a_version_is_adopted_once() -> None:
    given(adopted(version="2026-1")).when(adopt_rule_set, ask("2026-1"), today=TODAY).breaks(version_is_new)


def test_yesterday_is_past() -> None:
    given(adopted()).when(adopt_rule_set, ask(in_force_from=date(2026, 11, 23)), today=TODAY).breaks(
        comes_into_force_today_or_later
    )


def test_today_and_tomorrow_are_not() -> None:
    for day in (date(2026, 11, 24), date(2026, 11, 25)):
        given(adopted()).when(adopt_rule_set, ask(in_force_from=day), today=TODAY).then(
            adopted(version="2027-1", in_force_from=day)
        )


def test_both_rules_are_reported() -> None:
    given(adopted(version="2026-1")).when(adopt_rule_set, ask("2026-1", date(2026, 1, 1)), today=TODAY).breaks(
        version_is_new, comes_into_force_today_or_later
    )


def test_a_refusal_changes_nothing() -> None:
    refused = RulebookRequestRefused(command="adopt-rule-set", asked={}, broken=(), about=())
    assert RULEBOOK.fold([adopted(), refused]) == RULEBOOK.fold([adopted()])
