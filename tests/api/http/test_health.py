"""Health, readiness, counts, and the life of the application."""

import pytest
from starlette.types import Message, Scope

from api.http.wiring import Wiring
from tests.api.http.made_up import City, Desk


async def test_a_process_that_answers_is_alive(city: City) -> None:
    answer = await city.client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_it_is_ready_when_every_check_holds(city: City) -> None:
    answer = await city.client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "checks": {"database": True}})
    city.checks["read models"] = False
    answer = await city.client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "not-ready", "checks": {"database": True, "read models": False}}
    assert answer.headers["Retry-After"] == "2"


async def test_counts_are_for_prometheus(city: City) -> None:
    answer = await city.client.get("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    assert "# TYPE guanjia_http_request_seconds histogram" in answer.text


async def test_what_the_application_needs_lives_as_long_as_it_does(city: City) -> None:
    messages = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])
    sent: list[str] = []

    async def receive() -> Message:
        assert city.lived == ([] if not sent else ["began"])
        return next(messages)

    async def send(message: Message) -> None:
        sent.append(message["type"])

    scope: Scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
    await city.app(scope, receive, send)
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert city.lived == ["began", "ended"]


def wired(city: City, *parts: object) -> Wiring:
    given = city.app.wiring
    return Wiring(
        parts=parts,
        tokens=given.tokens,
        fingerprint_key=given.fingerprint_key,
        ready=given.ready,
        lifespan=given.lifespan,
    )


async def test_a_part_is_found_by_its_type(city: City) -> None:
    assert city.app.wiring.part(Desk) is city.desk
    with pytest.raises(LookupError, match="City"):
        city.app.wiring.part(City)


async def test_two_parts_of_one_type_are_refused(city: City) -> None:
    with pytest.raises(ValueError, match="two parts"):
        wired(city, Desk(), Desk())
