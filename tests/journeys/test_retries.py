"""Retries under an Idempotency-Key: the same receipt whatever has happened since; refusals are not remembered."""

from dataclasses import replace
from typing import Final

import pytest

from tests.journeys.answers import Receipt
from tests.journeys.calls import CALLS, Things
from tests.journeys.city import City
from tests.journeys.clerk import Clerk, certificate, charge
from tests.journeys.in_process import Place

RELIEVED_FIRST: Final = frozenset(
    {"close a company", "register practice", "deregister practice", "appoint", "withdraw a project"}
)

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("operation", CALLS)
async def test_every_command_is_done_once_and_its_receipt_repeated(city: City, clerk: Clerk, operation: str) -> None:
    call, things = CALLS[operation], await Things.of(clerk)
    things = await make_way(city, things, operation)
    path, body, key = call.at(things), call.body(things), f"once {operation}"
    decider = city.clerk("another clerk") if operation == "decide an objection" else clerk
    first = await decider.post(path, body, key=key)
    done = Receipt.of(path, first)
    assert not done.replayed
    position = await city.last_position()

    second = await decider.post(path, body, key=key)
    again = Receipt.of(path, second)
    assert again.replayed
    assert second.content == first.content
    assert second.headers.get("location") == first.headers.get("location")
    assert await city.last_position() == position


async def make_way(city: City, things: Things, operation: str) -> Things:
    """Bring things into a state in which the rules allow the operation."""
    clerk, licence, project = city.clerk(), f"/licences/{things.licence}", f"/projects/{things.project}"
    if operation in RELIEVED_FIRST:
        await clerk.does(f"{project}/manager/relief", {"reason": "调离"})
    if operation == "close a company":
        await clerk.does(f"{project}/withdrawal", {"reason": "撤管"})
    if operation in {"close a company", "register practice"}:
        await clerk.does(f"{licence}/deregistration", {"reason": "调动"})
    if operation == "decide an objection":
        await clerk.object(things.licence, things.deduction)
    if operation == "decide a revocation":
        await city.officer().deduct(things.licence, "V03")
    if operation == "replace":
        return replace(things, licence=await clerk.manager(things.company))
    return things


async def test_the_receipt_is_the_same_whatever_has_happened_since(clerk: Clerk) -> None:
    company = (await clerk.does("/companies", {"name": "甲企业"}, key="name 0")).id
    path = f"/companies/{company}/name"
    first = await clerk.does(path, {"name": "乙企业"}, key="name 1")
    await clerk.does(path, {"name": "丙企业"}, key="name 2")
    await clerk.does(f"/companies/{company}/closure", {"reason": "注销"})
    again = await clerk.does(path, {"name": "乙企业"}, key="name 1")
    assert (again.id, again.version, again.position) == (first.id, first.version, first.position)
    assert again.replayed
    assert (await clerk.reads(f"/companies/{company}"))["name"] == "丙企业"
    # The receipt comes before a version that has become stale.
    assert (await clerk.does(path, {"name": "乙企业"}, key="name 1", if_match=1)).replayed


async def test_that_there_was_nothing_to_do_is_remembered_too(clerk: Clerk) -> None:
    company = (await clerk.does("/companies", {"name": "丁企业"})).id
    path = f"/companies/{company}/name"
    first = await clerk.does(path, {"name": "丁企业"}, key="idle")
    assert (first.version, first.replayed) == (1, False)
    await clerk.does(path, {"name": "戊企业"})
    again = await clerk.does(path, {"name": "丁企业"}, key="idle")
    assert (again.version, again.position, again.replayed) == (1, first.position, True)
    assert (await clerk.reads(f"/companies/{company}"))["name"] == "戊企业"


async def test_the_spelling_of_a_body_does_not_matter_but_what_it_says_does(clerk: Clerk) -> None:
    things = await Things.of(clerk)
    path = f"/projects/{things.project}/area"
    headers = {"Idempotency-Key": "spelling", "Content-Type": "application/json"}
    bodies = (
        b'{"building_area_m2": 90000, "reason": "x"}',
        b'{"reason":"x","building_area_m2":90000.00}',
        b'{"reason": "\\u0078", "building_area_m2": 9.0e4}',
    )
    answers = [await clerk.ask("POST", path, content=body, headers=headers) for body in bodies]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len({answer.content for answer in answers}) == 1
    problem = await clerk.fails(422, path, {"building_area_m2": 90_001, "reason": "x"}, key="spelling")
    assert problem.code == "idempotency.key-reused"


async def test_a_key_belongs_to_one_request_of_one_subject(city: City, clerk: Clerk) -> None:
    mine = await clerk.does("/companies", {"name": "钥匙企业"}, key="shared")
    for path, body in (
        ("/companies", {"name": "别的企业"}),
        ("/licences", CALLS["open a file"].body(await Things.of(clerk))),
        (f"/companies/{mine.id}/name", {"name": "钥匙企业"}),
    ):
        assert (await clerk.fails(422, path, body, key="shared")).code == "idempotency.key-reused"
    other = await city.clerk("another clerk").does("/companies", {"name": "别人的企业"}, key="shared")
    assert not other.replayed
    # Two tokens of one subject are one person.
    assert (await city.clerk().does("/companies", {"name": "钥匙企业"}, key="shared")).replayed


async def test_what_was_refused_is_not_remembered(clerk: Clerk) -> None:
    company = await clerk.company()
    licence = await clerk.applicant()
    path, body = f"/licences/{licence}/registration", {"company_id": company}
    refused = await clerk.fails(409, path, body, key="later")
    again = await clerk.fails(409, path, body, key="later")
    assert again.broken == refused.broken
    assert again.position is not None
    assert again.position > (refused.position or 0)
    assert (await clerk.fails(422, path, {}, key="later")).code == "malformed"
    await clerk.certify(licence)
    assert not (await clerk.does(path, body, key="later")).replayed
    assert (await clerk.does(path, body, key="later")).replayed


async def test_receipts_keep_what_else_they_say(clerk: Clerk) -> None:
    licence = await clerk.manager(await clerk.company())
    path, body = f"/licences/{licence}/deductions", charge("V29")
    first = await clerk.does(path, body, key="charged")
    second = await clerk.does(path, body, key="charged")
    assert first.details.keys() == {"deduction_id"}
    assert first.details == second.details
    assert len((await clerk.reads(f"/licences/{licence}"))["deductions"]) == 1
    path, body = f"/licences/{licence}/annual-inspections", {"year": 2025}
    first = await clerk.does(path, body, key="inspected")
    assert first.details == {"passed": True, "reasons": []}
    assert (await clerk.does(path, body, key="inspected")).details == first.details


async def test_a_key_is_remembered_over_a_restart_and_for_thirty_days(place: Place) -> None:
    path, body = "/companies", {"name": "记住的企业"}
    async with place.at("2026-11-24T12:00:00+08:00") as city:
        first = await city.clerk().does(path, body, key="kept")
    async with place.at("2026-12-24T11:55:00+08:00") as city:
        again = await city.clerk().does(path, body, key="kept")
        assert (again.id, again.position, again.replayed) == (first.id, first.position, True)
    async with place.at("2026-12-24T12:05:00+08:00") as city:
        problem = await city.clerk().fails(409, path, body, key="kept")
        assert problem.broken == {"company.already-registered"}
        assert not (await city.clerk().does(path, {"name": "另一企业"}, key="kept")).replayed


async def test_keys_may_be_of_any_length_up_to_255(clerk: Clerk) -> None:
    for key in ("k", "~" * 255, "with space", '"quoted"'):
        body = {"name": f"企业 {key[:100]}"}
        assert not (await clerk.does("/companies", body, key=key)).replayed
        assert (await clerk.does("/companies", body, key=key)).replayed


async def test_without_a_key_the_same_request_is_asked_anew(clerk: Clerk) -> None:
    licence = await clerk.applicant()
    body = certificate()
    await clerk.does(f"/licences/{licence}/certificates", body)
    assert await clerk.is_refused(f"/licences/{licence}/certificates", body) == {"certificate.already-recorded"}
