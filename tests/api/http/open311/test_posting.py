"""Posting through the façade: with a key, through the use case that files every request."""

from typing import Any
from uuid import UUID

import pytest

from api.http.open311.given import Given
from api.http.open311.reporting import report_of
from application.kernel.callers import Role
from application.processes.withdrawing_project import WithdrawingProject
from domain.kernel.personal import PersonName
from domain.projects.withdrawal import WithdrawProject
from tests.api.http.open311.made_up import PHONE, Desk, errors, parsed, report
from tests.application.city import CLERK, DISTRICT


async def posted(desk: Desk, **differently: str) -> dict[str, Any]:
    """Have a resident's report accepted, and answer what the log received."""
    answer = await desk.post(report(**differently), key=desk.key())
    assert answer.status_code == 200, answer.text
    return (await desk.filed())[-1]


async def refused(desk: Desk, form: dict[str, str], **headers: str) -> tuple[int, list[str]]:
    """Have a resident's report turned away; nothing may be in the log."""
    answer = await desk.post(form, key=desk.key(), **headers)
    assert await desk.filed() == []
    found = errors(answer)
    assert {code for code, _ in found} == {answer.status_code}
    return answer.status_code, [said for _, said in found]


async def test_a_resident_reports_to_their_own_project(desk: Desk) -> None:
    answer = await desk.post(report(), key=desk.key())
    assert answer.status_code == 200
    (received,) = await desk.filed()
    assert answer.json() == [
        {
            "service_request_id": received["number"],
            "service_notice": (
                "After the work you will be asked whether it is well done; it is closed only when it is"
            ),
            "account_id": None,
        }
    ]
    assert {name: received[name] for name in ("unit", "kind", "category", "priority", "channel", "description")} == {
        "unit": "3-2-501",
        "kind": "repair",
        "category": "minor",
        "priority": "normal",
        "channel": "open311",
        "description": "厨房水管漏水",
    }
    assert (received["project_id"], received["by_reporter"]) == (str(desk.project), True)
    assert desk.positions == [await desk.city.last_position()]


async def test_the_answer_in_xml(desk: Desk) -> None:
    answer = await desk.post(report(), "/requests.xml", desk.key())
    root = parsed(answer)
    (received,) = await desk.filed()
    assert [[(field.tag, field.text) for field in each] for each in root.findall("request")] == [
        [
            ("service_request_id", received["number"]),
            (
                "service_notice",
                "After the work you will be asked whether it is well done; it is closed only when it is",
            ),
            ("account_id", None),
        ]
    ]


@pytest.mark.parametrize(
    ("code", "kind", "priority"),
    [
        ("emergency", "repair", "emergency"),
        ("complex", "repair", "normal"),
        ("complaint", "complaint", "normal"),
        ("consultation", "consultation", "normal"),
        ("suggestion", "suggestion", "normal"),
    ],
)
async def test_a_service_is_a_category(desk: Desk, code: str, kind: str, priority: str) -> None:
    received = await posted(desk, service_code=code)
    assert (received["kind"], received["category"], received["priority"]) == (kind, code, priority)


async def test_the_token_may_stand_in_the_header(desk: Desk) -> None:
    answer = await desk.post(report(), Authorization=f"Bearer {desk.key()}")
    assert answer.status_code == 200
    assert len(await desk.filed()) == 1


async def test_the_address_stands_for_the_household(desk: Desk) -> None:
    received = await posted(desk, **{"attribute[unit]": "", "address_string": "5-1-102"})
    assert received["unit"] == "5-1-102"
    assert (await posted(desk, address_string="文昌路1号"))["unit"] == "3-2-501"


async def test_a_description_of_several_lines_is_one_line_here(desk: Desk) -> None:
    assert (await posted(desk, description="  水管漏水\r\n\r\n\t请尽快 "))["description"] == "水管漏水 请尽快"


async def test_fields_that_have_no_meaning_here_are_let_pass(desk: Desk) -> None:
    received = await posted(
        desk, lat="32.39", long="119.42", email="a@b.test", device_id="x", media_url="http://x.test"
    )
    assert "a@b.test" not in str(received)


@pytest.mark.parametrize("key", [None, "", "nonsense", "无"])
async def test_without_a_good_key_nothing_is_taken(desk: Desk, key: str | None) -> None:
    for path, read in (("/requests.json", errors), ("/requests.xml", parsed)):
        answer = await desk.post(report(), path, key)
        assert answer.status_code == 403
        read(answer)
    assert await desk.filed() == []


async def test_a_key_is_missed_by_its_name(desk: Desk) -> None:
    assert errors(await desk.post(report())) == [(403, "api_key is required")]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.DISTRICT])
async def test_who_may_not_file_elsewhere_may_not_here(desk: Desk, role: Role) -> None:
    bound: dict[str, Any] = {"district": DISTRICT} if role is Role.DISTRICT else {}
    answer = await desk.post(report(address_id=str(desk.project)), key=desk.key(role, **bound))
    assert (answer.status_code, errors(answer)) == (403, [(403, "your role may not do this")])


async def test_a_company_says_which_project(desk: Desk) -> None:
    key = desk.key(Role.COMPANY, "office", company=desk.company)
    answer = await desk.post(report(), key=key)
    assert (answer.status_code, errors(answer)) == (400, [(400, "address_id is required")])
    assert (await desk.post(report(address_id=str(desk.project)), key=key)).status_code == 200
    (received,) = await desk.filed()
    assert (received["by_reporter"], received["channel"]) == (False, "open311")


async def test_a_project_that_the_caller_does_not_see_is_none(desk: Desk) -> None:
    elsewhere = await desk.city.estate(desk.company)
    status, said = await refused(desk, report(address_id=str(elsewhere)))
    assert status == 400
    assert [each.split()[0] for each in said] == ["address_id"]
    assert (await refused(desk, report(address_id="nonsense")))[1] == ["address_id must be a UUID"]


async def test_all_that_is_missing_is_named(desk: Desk) -> None:
    assert await refused(desk, {"service_code": "minor"}) == (
        400,
        [
            "attribute[unit] is required",
            "description is required",
            "first_name, last_name is required",
            "phone is required",
        ],
    )


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("芳", "", "芳"),
        ("", "王芳", "王芳"),
        ("芳", "王", "王芳"),
        ("Ada", "Wang", "Ada Wang"),
        ("Ada", "王", "王Ada"),
    ],
)
def test_a_name_is_put_together_as_it_is_written(first: str, last: str, name: str) -> None:
    pairs = list(report(address_id=str(UUID(int=1)), first_name=first, last_name=last).items())
    assert report_of(Given(pairs), CLERK).reporter.name == PersonName(name)


async def test_nobody_is_named_in_the_log_or_the_answer(desk: Desk) -> None:
    answer = await desk.post(report(), key=desk.key())
    assert PHONE not in answer.text + str(await desk.filed())
    assert "王芳" not in answer.text + str(await desk.filed())


async def test_a_service_that_there_is_not_and_one_that_is_not_named(desk: Desk) -> None:
    assert await refused(desk, report(service_code="graffiti")) == (404, ["service_code names no service here"])
    assert await refused(desk, report(service_code="")) == (400, ["service_code is required"])


async def test_what_cannot_be_taken_is_named(desk: Desk) -> None:
    assert await refused(desk, report(description="字" * 4_001)) == (
        400,
        ["description must have at most 4000 characters"],
    )
    assert (await refused(desk, report(phone="1\x00")))[0] == 400


async def test_another_city_is_none_of_ours(desk: Desk) -> None:
    said = (404, ["jurisdiction_id is not the code of this city"])
    assert await refused(desk, report(jurisdiction_id="city.gov")) == said
    assert (await posted(desk, jurisdiction_id="321000"))["unit"] == "3-2-501"


async def test_a_rule_that_is_broken_is_named_and_on_record(desk: Desk) -> None:
    await desk.city.ask(WithdrawingProject(), WithdrawProject(project_id=desk.project, reason="撤管"))
    status, said = await refused(desk, report())
    assert status == 400
    assert [each.endswith("(project.not-active)") for each in said] == [True]
    assert (await desk.city.events())[-1].type.endswith(".request-refused")


async def test_the_same_key_for_retries_files_once(desk: Desk) -> None:
    headers = {"Idempotency-Key": "once"}
    first = await desk.post(report(), key=desk.key(), **headers)
    assert "idempotent-replayed" not in first.headers
    again = await desk.post(report(), "/requests.xml", desk.key(), **headers)
    assert (again.status_code, again.headers["idempotent-replayed"]) == (200, "true")
    assert parsed(again).findtext("request/service_request_id") == first.json()[0]["service_request_id"]
    assert len(await desk.filed()) == 1
    other = await desk.post(report(phone="13900000000"), key=desk.key(), **headers)
    assert (other.status_code, [code for code, _ in errors(other)]) == (400, [400])


async def test_only_a_form_is_read(desk: Desk) -> None:
    for kind in ("application/json", "multipart/form-data", "application/x-www-form-urlencoded; charset=gbk", ""):
        status, _ = await refused(desk, report(), **{"Content-Type": kind})
        assert status == 415
    assert (await refused(desk, report(), **{"Content-Encoding": "gzip"}))[0] == 415


async def test_a_form_over_the_limit(desk: Desk) -> None:
    assert await refused(desk, report(description="a" * 1_048_576)) == (413, ["at most 1 MiB"])


@pytest.mark.parametrize("body", [b"", b"\xff", b"phone=%ff", b"=&=&", b"&" * 300])
async def test_a_form_that_cannot_be_read(desk: Desk, body: bytes) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Authorization": f"Bearer {desk.key()}"}
    answer = await desk.client.post("/open311/v2/requests.json", content=body, headers=headers)
    assert answer.status_code == 400
    assert errors(answer)


async def test_an_answer_does_not_wait_for_ever_for_read_models(desk: Desk) -> None:
    desk.is_behind = True
    received = await posted(desk)
    assert received["number"].startswith("SR-321000-20261124-")


async def test_what_is_filed_is_answered_by_its_id_when_the_log_cannot_be_read(desk: Desk) -> None:
    desk.log_is_down = True
    answer = await desk.post(report(), key=desk.key())
    received = (await desk.city.events())[-1]
    assert answer.json()[0]["service_request_id"] == received.stream.removeprefix("service-request-")
