"""What problems say, in which language, and how long a read waits for what was written."""

import asyncio
import re
import time

import pytest

from tests.journeys.answers import Problem
from tests.journeys.calls import Things
from tests.journeys.city import City
from tests.journeys.clerk import Clerk

pytestmark = pytest.mark.asyncio(loop_scope="module")

CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("accepted", "is_chinese"),
    [
        (None, True),
        ("", True),
        ("zh-CN", True),
        ("zh", True),
        ("fr", True),
        ("*", True),
        ("en", False),
        ("en-GB", False),
        ("en-US,en;q=0.9,zh;q=0.8", False),
        ("zh-CN,zh;q=0.9,en;q=0.8", True),
        ("fr;q=1, en;q=0.2", False),
        ("en;q=0", True),
        ("nonsense;;q=x,,", True),
    ],
)
async def test_messages_are_chinese_unless_english_is_preferred(
    clerk: Clerk, accepted: str | None, is_chinese: bool
) -> None:
    headers = {} if accepted is None else {"Accept-Language": accepted}
    licence = await clerk.applicant()
    company = await clerk.company()
    for path, body in (
        ("/companies", {"name": ""}),
        (f"/licences/{licence}/registration", {"company_id": company}),
        ("/companies/00000000-0000-4000-8000-000000000000/name", {"name": "a"}),
    ):
        problem = Problem.of(await clerk.ask("POST", path, json=body, headers=headers))
        said = [problem.document["title"], problem.document["detail"]]
        said += [each["message"] for field in ("errors", "broken") for each in problem.document.get(field, ())]
        assert [bool(CHINESE.search(sentence)) for sentence in said] == [is_chinese] * len(said)
        assert problem.headers["content-language"] == ("zh-CN" if is_chinese else "en")


async def test_codes_are_never_translated(clerk: Clerk) -> None:
    path, body = f"/licences/{await clerk.applicant()}/registration", {"company_id": await clerk.company()}
    chinese, english = [Problem.of(await clerk.post(path, body, language=language)) for language in ("zh-CN", "en")]
    assert (chinese.code, chinese.broken) == (english.code, english.broken)
    assert chinese.document["type"] == english.document["type"]


async def test_every_problem_can_be_found_again(clerk: Clerk) -> None:
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    headers = {"traceparent": f"00-{trace}-00f067aa0ba902b7-01"}
    problem = Problem.of(await clerk.ask("GET", "/companies?limit=0", headers=headers))
    assert problem.document["trace_id"] == trace
    other = await clerk.cannot_read(422, "/companies?limit=0")
    assert other.document["trace_id"] != trace


async def test_a_read_waits_for_a_position_and_gives_up_after_five_seconds(city: City, clerk: Clerk) -> None:
    things = await Things.of(clerk)
    paths = (
        "/companies",
        f"/companies/{things.company}",
        f"/companies/{things.company}/credit-file",
        "/licences",
        f"/licences/{things.licence}",
        f"/licences/{things.licence}/deductions",
        f"/licences/{things.licence}/refusals",
        "/projects",
        f"/projects/{things.project}",
    )
    ahead = {"X-Min-Position": str(await city.last_position() + 1)}
    began = time.monotonic()
    answers = await asyncio.gather(*(clerk.ask("GET", path, headers=ahead) for path in paths))
    waited = time.monotonic() - began
    for answer in answers:
        problem = Problem.of(answer)
        assert (problem.status, problem.code) == (503, "read-model.behind")
        assert "retry-after" in problem.headers
    assert 4.5 < waited < 20


async def test_a_read_goes_on_as_soon_as_the_position_is_reached(city: City, clerk: Clerk) -> None:
    await clerk.company()
    ahead = {"X-Min-Position": str(await city.last_position() + 1)}
    waiting = asyncio.create_task(clerk.ask("GET", "/companies?limit=200", headers=ahead))
    await asyncio.sleep(0)
    company = await clerk.company()
    answer = await asyncio.wait_for(waiting, 4)
    assert answer.status_code == 200
    assert answer.json()["items"][-1]["id"] == company


async def test_health_and_documentation_are_open_to_everyone(city: City) -> None:
    for path, kind in (
        ("/healthz", "application/json"),
        ("/readyz", "application/json"),
        ("/metrics", "text/plain"),
        ("/openapi.json", "application/json"),
        ("/docs", "text/html"),
    ):
        answer = await city.http.get(path)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(kind)
