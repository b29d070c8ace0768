"""A request finds its route by its path, and among all routes only that one."""

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message, Scope

from api.http.misfits import UnknownRoute, WrongMethod
from api.http.switchboard import Switchboard


def route(path: str, *methods: str) -> Route:
    async def answer(request: Request) -> Response:
        return Response(f"{path} {dict(request.path_params)}")

    return Route(path, answer, methods=list(methods) or ["GET"])


BOARD = Switchboard(
    [
        route("/healthz"),
        route("/v1/rule-sets/current"),
        route("/v1/rule-sets/{version}"),
        route("/v1/rule-sets/{version}", "POST"),
        route("/v1/licences/{id}/deductions", "POST"),
        route("/v1/licences/{id}/deductions/{other}/objection", "POST"),
        route("/v1/files/{name:path}"),
        route("/{anything}/else"),
    ]
)


async def ask(path: str, method: str = "GET") -> str:
    sent: list[Message] = []

    async def receive() -> Message:
        raise NotImplementedError

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {"type": "http", "method": method, "path": path, "root_path": "", "headers": []}
    await BOARD(scope, receive, send)
    text: bytes = sent[1]["body"]
    return text.decode()


@pytest.mark.parametrize(
    ("path", "method", "answer"),
    [
        ("/healthz", "GET", "/healthz {}"),
        ("/v1/rule-sets/current", "GET", "/v1/rule-sets/current {}"),
        ("/v1/rule-sets/2026", "GET", "/v1/rule-sets/{version} {'version': '2026'}"),
        ("/v1/rule-sets/current", "POST", "/v1/rule-sets/{version} {'version': 'current'}"),
        ("/v1/licences/7/deductions", "POST", "/v1/licences/{id}/deductions {'id': '7'}"),
        (
            "/v1/licences/7/deductions/8/objection",
            "POST",
            "/v1/licences/{id}/deductions/{other}/objection {'id': '7', 'other': '8'}",
        ),
        ("/v1/files/a/b/c", "GET", "/v1/files/{name:path} {'name': 'a/b/c'}"),
        ("/something/else", "GET", "/{anything}/else {'anything': 'something'}"),
    ],
)
async def test_a_path_leads_to_its_route(path: str, method: str, answer: str) -> None:
    assert await ask(path, method) == answer


@pytest.mark.parametrize("path", ["/", "", "/health", "/v1/licences/7", "/v1/licences//deductions", "/v1/files"])
async def test_a_path_that_leads_nowhere_is_unknown(path: str) -> None:
    with pytest.raises(UnknownRoute):
        await ask(path)


async def test_the_methods_of_all_routes_of_a_path_are_allowed() -> None:
    with pytest.raises(WrongMethod) as refused:
        await ask("/v1/rule-sets/current", "DELETE")
    assert refused.value.allowed == ["GET", "HEAD", "POST"]
