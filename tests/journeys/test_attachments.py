"""Attachments: uploaded by their content, named as evidence, read by whoever may read what names them."""

from collections.abc import AsyncIterator
from hashlib import sha256
from typing import Final

import httpx
import pytest
import pytest_asyncio

from api.compose import open_city
from application.kernel.callers import Role
from domain.kernel.identifiers import AttachmentId
from tests.adapters.blobs.server import BUCKET, KEY, REGION, in_s3, s3_running
from tests.application.attachments.contents import DOCX, JPEG, PDF, PNG
from tests.journeys.answers import Problem
from tests.journeys.city import City
from tests.journeys.clerk import Clerk, another
from tests.journeys.client import PREFIX, Client
from tests.journeys.in_process import Place

pytestmark = pytest.mark.asyncio(loop_scope="module")

MOST: Final = 10 * 1024 * 1024


def photo() -> bytes:
    """Another photo."""
    return PNG + str(another()).encode()


async def upload(client: Client, content: bytes, *, name: str = "photo.png", said: str = "image/png") -> httpx.Response:
    """Send a file as browsers and curl do."""
    return await client.ask(
        "POST", "/attachments", files={"file": (name, content, said)}, headers={"Accept-Language": "en"}
    )


async def uploaded(client: Client, content: bytes | None = None) -> str:
    """Have a file taken; answers its id."""
    answer = await upload(client, photo() if content is None else content)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


async def turned_away(answer: httpx.Response, status: int) -> Problem:
    assert answer.status_code == status, answer.text
    return Problem.of(answer)


async def reads(client: Client, attachment: str) -> bool:
    """Tell whether somebody gets an attachment; whoever does not is told that there is none."""
    answer = await client.get(f"/attachments/{attachment}")
    assert answer.status_code in {200, 404}, answer.text
    return answer.status_code == 200


class Evidence:
    """A manager with a project who was charged on the evidence of a photo."""

    def __init__(self, city: City) -> None:
        self.city = city

    async def gather(self, by: Clerk) -> "Evidence":
        self.content = photo()
        self.company = await by.company()
        self.licence = await by.manager(self.company)
        self.project = await by.project(self.company)
        await by.appoint(self.licence, self.project)
        self.attachment = await uploaded(by, self.content)
        await by.deduct(self.licence, "V29", evidence=["照片一张", self.attachment])
        return self


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def evidence(city: City) -> AsyncIterator[Evidence]:
    yield await Evidence(city).gather(city.clerk())


@pytest.mark.parametrize(
    ("content", "name", "said", "media_type"),
    [
        (JPEG, "photo.jpg", "image/jpeg", "image/jpeg"),
        (PDF, "notes.txt", "text/plain", "application/pdf"),
        (PNG, "photo.exe", "application/octet-stream", "image/png"),
        (
            DOCX,
            "report.pdf",
            "application/pdf",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
    ],
)
async def test_the_type_is_told_by_the_content(
    clerk: Clerk, content: bytes, name: str, said: str, media_type: str
) -> None:
    answer = await upload(clerk, content, name=name, said=said)
    assert answer.status_code == 200
    digest = sha256(content).hexdigest()
    assert answer.json() == {"id": digest, "media_type": media_type, "size": len(content)}


@pytest.mark.parametrize(
    "content", [b"", b"just a text", b"<html><script>alert(1)</script>", b"MZ" + bytes(100)], ids=str
)
async def test_what_is_no_photo_and_no_document_is_refused_whatever_its_name(clerk: Clerk, content: bytes) -> None:
    problem = await turned_away(await upload(clerk, content, name="photo.jpg", said="image/jpeg"), 422)
    assert problem.pointers == {"/file"}
    if content:
        assert "JPEG" in problem.document["errors"][0]["message"]
        assert "PDF" in problem.document["errors"][0]["message"]


async def test_a_file_has_at_most_ten_mebibytes(clerk: Clerk) -> None:
    assert (await upload(clerk, PNG.ljust(MOST))).json()["size"] == MOST
    assert (await turned_away(await upload(clerk, PNG.ljust(MOST + 1)), 413)).code == "too-large"


async def test_the_same_content_has_the_same_id_whoever_sends_it(city: City, clerk: Clerk) -> None:
    content = photo()
    assert await uploaded(clerk, content) == await uploaded(city.officer(), content) == await uploaded(clerk, content)


async def test_it_comes_back_as_it_went_in(clerk: Clerk) -> None:
    content = PNG + bytes(range(256)) * 4_000
    attachment = await uploaded(clerk, content)
    answer = await clerk.get(f"/attachments/{attachment}")
    assert answer.content == content
    headers = answer.headers
    assert headers["content-type"] == "image/png"
    assert headers["content-length"] == str(len(content))
    assert headers["content-disposition"] == f'attachment; filename="{attachment[:8]}.png"'
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["etag"] == f'"{attachment}"'
    assert "private" in headers["cache-control"]


async def test_its_head_is_that_of_the_content(clerk: Clerk) -> None:
    attachment = await uploaded(clerk)
    whole = await clerk.ask("GET", f"/attachments/{attachment}")
    head = await clerk.ask("HEAD", f"/attachments/{attachment}")
    assert (head.status_code, head.content, head.headers) == (200, b"", whole.headers)


@pytest.mark.parametrize("attachment", ["x", "0" * 63, "0" * 65, "A" * 64, "g" * 64])
async def test_what_is_no_hash_is_malformed(clerk: Clerk, attachment: str) -> None:
    problem = await clerk.cannot_read(422, f"/attachments/{attachment}")
    assert problem.pointers == {"/attachment_id"}


async def test_a_hash_that_nothing_has_is_not_found(clerk: Clerk) -> None:
    await clerk.cannot_read(404, f"/attachments/{'0' * 64}")


async def test_while_nothing_names_it_only_who_has_uploaded_it_gets_it(city: City, clerk: Clerk) -> None:
    content = photo()
    attachment = await uploaded(clerk, content)
    assert await reads(clerk, attachment)
    assert not await reads(city.officer(), attachment)
    assert not await reads(city.auditor(), attachment)
    await uploaded(city.officer(), content)
    assert await reads(city.officer(), attachment)


async def test_evidence_is_read_by_whoever_reads_the_licence_in_full(evidence: Evidence) -> None:
    city = evidence.city
    readers = [
        city.clerk("another clerk"),
        city.officer(),
        city.auditor(),
        city.employee(evidence.company),
        city.manager(evidence.licence),
    ]
    for reader in readers:
        assert (await reader.get(f"/attachments/{evidence.attachment}")).content == evidence.content


async def test_evidence_is_read_by_nobody_else(evidence: Evidence) -> None:
    city, clerk = evidence.city, evidence.city.clerk()
    company = await clerk.company()
    others = [
        city.employee(company),
        city.manager(await clerk.manager(company)),
        *(
            city.neighbour(role, evidence.project)
            for role in (Role.OWNERS_COMMITTEE, Role.NEIGHBOURHOOD_COMMITTEE, Role.RESIDENT, Role.STAFF)
        ),
    ]
    for other in others:
        assert not await reads(other, evidence.attachment)


async def test_once_it_is_named_having_uploaded_it_is_not_enough(evidence: Evidence) -> None:
    resident = evidence.city.neighbour(Role.RESIDENT, evidence.project)
    await uploaded(resident, evidence.content)
    assert not await reads(resident, evidence.attachment)


async def test_evidence_may_be_any_text_also_one_that_looks_like_a_hash(clerk: Clerk) -> None:
    licence = await clerk.manager(await clerk.company())
    unknown = "0" * 64
    await clerk.deduct(licence, "V29", evidence=["照片一张", unknown, "0" * 63])
    (charged,) = [
        event for event in await clerk.items(f"/licences/{licence}/history") if event["type"].endswith("deducted")
    ]
    assert charged["data"]["evidence"] == ["照片一张", unknown, "0" * 63]
    await clerk.cannot_read(404, f"/attachments/{unknown}")


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.NEIGHBOURHOOD_COMMITTEE])
async def test_who_files_works_on_and_charges_nothing_uploads_nothing(
    city: City, evidence: Evidence, role: Role
) -> None:
    caller = city.auditor() if role is Role.AUDITOR else city.neighbour(role, evidence.project)
    assert (await turned_away(await upload(caller, photo()), 403)).code == "forbidden"


async def test_everyone_who_files_works_on_or_charges_may_upload(city: City, evidence: Evidence) -> None:
    roles = (Role.STAFF, Role.OWNERS_COMMITTEE, Role.RESIDENT)
    callers = [
        city.officer(),
        city.employee(evidence.company),
        city.manager(evidence.licence),
        *(city.neighbour(role, evidence.project) for role in roles),
    ]
    for caller in callers:
        attachment = await uploaded(caller)
        assert await reads(caller, attachment)


async def test_without_a_token_nothing_goes_in_or_out(city: City) -> None:
    await turned_away(await upload(city.nobody(), photo()), 401)
    await turned_away(await city.nobody().ask("GET", f"/attachments/{'0' * 64}"), 401)


async def test_json_is_no_file(clerk: Clerk) -> None:
    problem = await clerk.fails(415, "/attachments", {"file": "photo"})
    assert "multipart/form-data" in problem.detail


async def test_other_bodies_still_have_at_most_one_mebibyte(clerk: Clerk) -> None:
    assert "1 MiB" in (await clerk.fails(413, "/companies", {"name": "x" * 1024 * 1024})).detail


async def test_a_worker_removes_what_nothing_has_named_for_a_day(place: Place) -> None:
    async with place.at() as city:
        clerk = city.clerk()
        evidence = await Evidence(city).gather(clerk)
        unnamed = await uploaded(clerk)
        async with open_city(place.settings(None), place.url) as worker:
            assert await worker.attachments.expire() == 0
            await worker.database.fetch("update attachments set wanted_at = wanted_at - interval '25 hours'")
            assert await worker.attachments.expire() == 1
        assert not await reads(clerk, unnamed)
        assert await reads(clerk, evidence.attachment)
        assert await uploaded(clerk, evidence.content) == evidence.attachment
        await clerk.deduct(evidence.licence, "V29", evidence=[unnamed])
        assert not await reads(clerk, unnamed)


async def test_contents_may_be_kept_in_an_s3_compatible_store(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    with s3_running() as address:
        for name, value in {
            "URL": f"s3://{BUCKET}/city",
            "ENDPOINT": address,
            "REGION": REGION,
            "ACCESS_KEY": KEY,
            "SECRET_KEY": KEY,
        }.items():
            monkeypatch.setenv(f"GUANJIA_BLOBS_{name}", value)
        async with place.at() as city:
            content = photo()
            attachment = await uploaded(city.clerk(), content)
            assert (await city.clerk().get(f"/attachments/{attachment}")).content == content
            assert not (place.data_dir / "blobs").exists()
            blobs = in_s3(address, prefix="/city")
            await blobs.delete(AttachmentId(attachment))
            assert not await reads(city.clerk(), attachment)


async def test_a_store_out_of_reach_keeps_nothing(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUANJIA_BLOBS_URL", f"s3://{BUCKET}")
    monkeypatch.setenv("GUANJIA_BLOBS_ENDPOINT", "http://127.0.0.1:1")
    monkeypatch.setenv("GUANJIA_BLOBS_ACCESS_KEY", KEY)
    monkeypatch.setenv("GUANJIA_BLOBS_SECRET_KEY", KEY)
    async with place.at() as city:
        content = photo()
        problem = await turned_away(await upload(city.clerk(), content), 503)
        assert (problem.code, problem.headers["retry-after"]) == ("unavailable", "2")
        assert not await reads(city.clerk(), sha256(content).hexdigest())


async def test_the_documentation_shows_the_form_and_the_types(city: City) -> None:
    paths = (await city.http.get("/openapi.json")).json()["paths"]
    form = paths[f"{PREFIX}/attachments"]["post"]["requestBody"]["content"]
    assert list(form) == ["multipart/form-data"]
    answer = paths[f"{PREFIX}/attachments/{{attachment_id}}"]["get"]["responses"]["200"]["content"]
    assert {"image/jpeg", "application/pdf"} < answer.keys()
    assert "application/json" not in answer
