"""Children are given up when they die at once again and again; addresses are refused in plain words."""

import os

import pytest

from api.serving import keeping, supervisor
from api.serving.keeping import Child, GivenUp
from api.serving.listening import CannotListen, listen, url_of
from api.serving.supervisor import Service
from api.settings import Settings


async def test_a_child_that_dies_at_once_again_and_again_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_FIRST_PAUSE_SECONDS", 0.001)
    starts: list[int] = []

    def environment() -> dict[str, str]:
        starts.append(len(starts))
        return dict(os.environ)

    child = Child(name="stillborn", module="no.such.module", arguments=(), descriptors=(), environment=environment)
    with pytest.raises(GivenUp, match="the stillborn process dies at once again and again"):
        await child.keep()
    assert starts == [0, 1, 2, 3, 4]


async def test_a_service_whose_children_are_given_up_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    async def prepared(_settings: Settings, _url: str) -> None:
        """Nothing to prepare: no child will ask for the database."""

    monkeypatch.setattr(keeping, "_MOST_QUICK_DEATHS", 1)
    monkeypatch.setattr(supervisor, "prepare_soon", prepared)
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    told: list[str] = []
    with listen("127.0.0.1", 0) as listener:
        service = Service(settings=Settings(), url="postgresql://", listener=listener, workers=1)
        with pytest.raises(GivenUp, match="dies at once again and again"):
            await service.run(None, told.append)
    assert told == []


def test_a_free_port_is_taken_and_told() -> None:
    with listen("127.0.0.1", 0) as first, listen("::1", 0) as second:
        assert url_of(first) == f"http://127.0.0.1:{first.getsockname()[1]}"
        assert url_of(second) == f"http://[::1]:{second.getsockname()[1]}"


def test_a_port_in_use_is_refused() -> None:
    with listen("127.0.0.1", 0) as first, pytest.raises(CannotListen, match="is in use"):
        listen("127.0.0.1", first.getsockname()[1])


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(CannotListen):
        listen("192.0.2.1", 0)
    with pytest.raises(CannotListen, match="is no address of this machine"):
        listen("no-such-host.invalid", 0)
