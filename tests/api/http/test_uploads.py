"""A form with one file: 413 · 415 · 401 · 403 · 422, then the endpoint, which finds the file on the disk."""

import itertools
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

import httpx
import pytest
from starlette.datastructures import UploadFile
from starlette.responses import Response

from adapters.tokens import DevelopmentIssuer
from api.http.answers import plainly
from api.http.app import create_app
from api.http.asking import Asking
from api.http.checked_route import Kind
from api.http.resources import Resource
from api.http.uploads import FORM, MOST_FILE_BYTES, MOST_FORM_BYTES, UploadRoute
from api.http.wiring import Wiring
from application.kernel.callers import Caller, Role
from application.kernel.permissions import Operation
from domain.kernel.identifiers import Subject

PATH: Final = "/v1/boxes"
BOUNDARY: Final = "frontier"
KIND: Final = f"multipart/form-data; boundary={BOUNDARY}"


async def put_into_box(request: Asking) -> Response:
    """Tell what has arrived."""
    file: UploadFile = request.parsed
    content = await file.read()
    return plainly({"name": file.filename, "size": len(content), "by": request.caller.subject})


boxes = Resource("/boxes", tag="boxes")
boxes.routes.append(
    UploadRoute(PATH, put_into_box, operation=Operation.ATTACH, kind=Kind.UPLOAD, methods=["POST"], openapi_extra=FORM)
)


def part(content: bytes, *, name: str = "file", filename: str | None = "photo.jpg") -> bytes:
    named = "" if filename is None else f'; filename="{filename}"'
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode() + content + b"\r\n"


def form(*parts: bytes) -> bytes:
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


@dataclass
class Sent:
    """A form on its way, all well so far."""

    content: bytes = field(default_factory=lambda: form(part(b"photo")))
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": KIND})
    role: Role = Role.MUNICIPAL
    token: str | None = None
    query: str = ""


@asynccontextmanager
async def _lives() -> AsyncIterator[None]:
    yield


async def _is_ready() -> Mapping[str, bool]:
    return {}


@dataclass
class Counter:
    """Where boxes are handed in."""

    tokens: DevelopmentIssuer = field(default_factory=lambda: DevelopmentIssuer(b"k" * 32))

    def __post_init__(self) -> None:
        wiring = Wiring(parts=[], tokens=self.tokens, fingerprint_key=b"f" * 32, ready=_is_ready, lifespan=_lives)
        app = create_app(wiring, [boxes])
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")

    async def take(self, sent: Sent, *, in_pieces: bool = False) -> httpx.Response:
        caller = Caller(subject=Subject("somebody"), role=sent.role)
        token = self.tokens.issue(caller, "王五", timedelta(hours=1)) if sent.token is None else sent.token
        headers = {**sent.headers, "Authorization": f"Bearer {token}", "Accept-Language": "en"}
        content = _pieces(sent.content) if in_pieces else sent.content
        return await self.client.post(PATH + sent.query, content=content, headers=headers)


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    """Send a body that does not say how long it is."""
    for at in range(0, len(content), 65_536):
        yield content[at : at + 65_536]


@pytest.fixture
async def counter() -> AsyncIterator[Counter]:
    counter = Counter()
    async with counter.client:
        yield counter


def too_large(sent: Sent) -> None:
    sent.content += bytes(MOST_FORM_BYTES)


def of_another_kind(sent: Sent) -> None:
    sent.headers["Content-Type"] = "application/json"


def with_a_bad_token(sent: Sent) -> None:
    sent.token = "no-token"


def in_a_role_that_may_not(sent: Sent) -> None:
    sent.role = Role.AUDITOR


def with_an_unknown_parameter(sent: Sent) -> None:
    sent.query = "?name=photo"


FAULTS: Final[list[tuple[Callable[[Sent], None], int]]] = [
    (too_large, 413),
    (of_another_kind, 415),
    (with_a_bad_token, 401),
    (in_a_role_that_may_not, 403),
    (with_an_unknown_parameter, 422),
]


@pytest.mark.parametrize("in_pieces", [False, True], ids=["announced", "in pieces"])
@pytest.mark.parametrize(
    ("first", "second", "status"),
    [(first, second, status) for (first, status), (second, _) in itertools.combinations(FAULTS, 2)],
)
async def test_of_two_faults_the_earlier_one_answers(
    counter: Counter, first: Callable[[Sent], None], second: Callable[[Sent], None], status: int, *, in_pieces: bool
) -> None:
    sent = Sent()
    first(sent)
    second(sent)
    answer = await counter.take(sent, in_pieces=in_pieces)
    assert (answer.status_code, answer.json()["status"]) == (status, status)


@pytest.mark.parametrize(("fault", "status"), FAULTS)
async def test_a_single_fault_is_told(counter: Counter, fault: Callable[[Sent], None], status: int) -> None:
    sent = Sent()
    fault(sent)
    assert (await counter.take(sent)).status_code == status


@pytest.mark.parametrize("in_pieces", [False, True], ids=["announced", "in pieces"])
@pytest.mark.parametrize(
    ("size", "status"), [(MOST_FILE_BYTES - 1, 200), (MOST_FILE_BYTES, 200), (MOST_FILE_BYTES + 1, 413)]
)
async def test_a_file_has_at_most_ten_mebibytes(counter: Counter, size: int, status: int, *, in_pieces: bool) -> None:
    answer = await counter.take(Sent(form(part(bytes(size)))), in_pieces=in_pieces)
    assert answer.status_code == status
    if status == 200:
        assert answer.json() == {"name": "photo.jpg", "size": size, "by": "somebody"}
    else:
        assert (answer.json()["code"], answer.json()["detail"]) == ("too-large", "a file has at most 10 MiB")


@pytest.mark.parametrize("name", ["file", "photo", "文件"])
async def test_the_field_may_have_any_name(counter: Counter, name: str) -> None:
    assert (await counter.take(Sent(form(part(b"photo", name=name))))).json()["size"] == 5


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [part(b"no file", filename=None)],
        [part(b"photo"), part(b"photo")],
        [part(b"photo"), part(b"value", name="more", filename=None)],
    ],
    ids=["nothing", "no file", "two files", "a field more"],
)
async def test_a_form_has_one_file_and_nothing_else(counter: Counter, parts: list[bytes]) -> None:
    answer = await counter.take(Sent(form(*parts)))
    assert answer.status_code == 422
    assert [misfit["pointer"] for misfit in answer.json()["errors"]] == ["/file"]


async def test_no_body_is_no_file(counter: Counter) -> None:
    answer = await counter.take(Sent(b"", headers={}))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/file")


@pytest.mark.parametrize(
    "content",
    [
        b"no form",
        form(part(b"photo"))[:-20],
        form(*(part(b"x", name=str(nth)) for nth in range(50))),
        form(part(bytes(5_000), filename=None)),
        form(b"--" + BOUNDARY.encode() + b"\r\nContent-Disposition: form-data\r\n\r\nphoto\r\n"),
        form(b"--" + BOUNDARY.encode() + b"\r\n\r\nphoto\r\n"),
    ],
    ids=["no form", "cut off", "fifty files", "a long field", "no name", "no headers"],
)
async def test_what_is_no_form_is_malformed(counter: Counter, content: bytes) -> None:
    answer = await counter.take(Sent(content))
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", f"{KIND}; charset=undefined", f"{KIND}; charset=nonsense", f"{KIND}; charset=idna"]
)
async def test_whatever_else_the_kind_says_is_no_fault_of_ours(counter: Counter, kind: str) -> None:
    answer = await counter.take(Sent(headers={"Content-Type": kind}))
    assert answer.status_code in {200, 422}


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "multipart/mixed; boundary=frontier"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "image/jpeg"},
        {},
        {"Content-Type": KIND, "Content-Encoding": "gzip"},
    ],
)
async def test_another_kind_of_body_is_not_supported(counter: Counter, headers: dict[str, str]) -> None:
    answer = await counter.take(Sent(headers=headers))
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported")
    assert "multipart/form-data" in answer.json()["detail"]


async def test_a_disk_that_takes_no_more_is_told_as_such(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    answer = await counter.take(Sent(form(part(bytes(2 * 1024 * 1024)))))
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert "Retry-After" in answer.headers
