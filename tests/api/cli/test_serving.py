"""`guanjia serve`: from nothing to a URL, through every death, to the end within ten seconds."""

import asyncio
import os
import signal
import threading
from pathlib import Path
from queue import Queue
from uuid import uuid4

import httpx

from tests.api.cli.processes import Serving, guanjia, is_alive, serving, until
from tests.postgres import drop

MOST_SECONDS = 10.0


def names(client: httpx.Client) -> set[str]:
    return {item["name"] for item in client.get("/v1/companies?limit=200").json()["items"]}


def register(client: httpx.Client, name: str) -> httpx.Response:
    return client.post("/v1/companies", json={"name": name})


def test_it_serves_what_it_has_made_from_nothing(service: Serving) -> None:
    with service.client() as client:
        assert client.get("/readyz").json()["status"] == "ready"
        assert client.get("/v1/rule-sets/current").status_code == 200
        receipt = register(client, "晴川物业").json()
        shown = client.get("/v1/companies", headers={"X-Min-Position": str(receipt["position"])})
        assert "晴川物业" in {item["name"] for item in shown.json()["items"]}
    assert len(service.children("worker")) == 2
    assert len(service.children("projections")) == 1


def test_the_pid_of_the_embedded_server_is_on_file(service: Serving) -> None:
    assert is_alive(int((service.data_dir / "postgres.pid").read_text(encoding="ascii")))


def test_metrics_are_those_of_all_workers(service: Serving) -> None:
    def counted() -> float:
        with service.client() as client:
            lines = client.get("/metrics").text.splitlines()
        (line,) = [
            line for line in lines if line.startswith("guanjia_http_request_seconds_count{") and "healthz" in line
        ]
        return float(line.split()[-1])

    with httpx.Client(base_url=service.url) as other:
        other.get("/healthz")
        before = counted()
        for _ in range(20):
            # a new connection each time, so that both workers are asked
            httpx.get(f"{service.url}/healthz")
        until(lambda: counted() == before + 20)


def test_a_port_in_use_is_said_at_once(service: Serving, folder: Path) -> None:
    port = service.url.rpartition(":")[2]
    done = guanjia("serve", "--port", port, "--data-dir", folder / "never-made", cwd=folder)
    assert done.returncode == 1
    assert (
        done.stderr == f"guanjia: port {port} of 127.0.0.1 is in use: choose another with --port (0 takes a free one)\n"
    )
    assert not (folder / "never-made").exists()


def test_settings_that_do_not_fit_are_told_in_one_line(folder: Path) -> None:
    settings = {"GUANJIA_CITY": "扬州", "GUANJIA_TIMEZONE": "Nowhere", "GUANJIA_ENV": "production"}
    done = guanjia("serve", "--port", "0", cwd=folder, **settings)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("guanjia: GUANJIA_CITY: ")
    assert "; GUANJIA_TIMEZONE: 'Nowhere' is no IANA time zone" in line


def test_a_second_service_shares_the_database_and_ends_alone_with_a_stream_open(service: Serving, folder: Path) -> None:
    with serving(service.data_dir, said=folder / "second.log") as second, second.client() as client:
        register(client, "银杏物业")
        opened: Queue[str] = Queue()

        def follow() -> None:
            with client.stream("GET", "/v1/events/stream", timeout=60) as stream:
                for line in stream.iter_lines():
                    opened.put(line)

        following = threading.Thread(target=follow)
        following.start()
        assert opened.get(timeout=10).startswith("retry:")
        assert second.stop() < MOST_SECONDS
        following.join(timeout=5)
        assert not following.is_alive()
    with service.client() as client:
        until(lambda: "银杏物业" in names(client))


def test_a_killed_worker_is_replaced(service: Serving) -> None:
    killed = service.children("worker")[0]
    os.kill(killed, signal.SIGKILL)
    until(lambda: len(set(service.children("worker")) - {killed}) == 2)
    with service.client() as client:
        assert client.get("/v1/rule-sets").status_code == 200


def test_read_models_go_on_after_their_process_was_killed(service: Serving) -> None:
    (killed,) = service.children("projections")
    os.kill(killed, signal.SIGKILL)
    with service.client() as client:
        register(client, "玉兰物业")
        until(lambda: "玉兰物业" in names(client))
    assert service.children("projections") != [killed]


def test_a_killed_database_is_started_again_and_nothing_is_lost(service: Serving) -> None:
    pid_file = service.data_dir / "postgres.pid"
    killed = pid_file.read_text(encoding="ascii")
    answers: list[int] = []
    accepted = {"梧桐物业"}
    with service.client() as client:
        assert register(client, "梧桐物业").status_code == 201
        os.kill(int(killed), signal.SIGKILL)

        def recovered() -> bool:
            name = f"枫林物业{len(answers)}"
            answers.append(register(client, name).status_code)
            if answers[-1] == 201:
                accepted.add(name)
            return pid_file.read_text(encoding="ascii") != killed and answers[-1] == 201

        until(recovered)
        assert set(answers) == {201, 503}
        until(lambda: accepted <= names(client))
        assert client.get("/readyz").status_code == 200


def test_workers_end_with_a_killed_supervisor(database_dsn: str, folder: Path) -> None:
    city = f"{uuid4().int % 900_000 + 100_000}"
    settings = {"GUANJIA_DATABASE_URL": database_dsn, "GUANJIA_CITY": city}
    try:
        with serving(folder / "other", said=folder / "killed.log", **settings) as killed:
            children = killed.children()
            assert len(children) == 2
            killed.process.kill()
            until(lambda: not any(is_alive(child) for child in children), MOST_SECONDS)
    finally:
        asyncio.run(drop(database_dsn, f"city_{city}"))
