"""Several processes use one data dir: the first starts the server, the last one stops it."""

import os
import signal
from pathlib import Path

from tests.adapters.embedded_postgres.people import Asks, Person, alive


def test_the_last_one_to_leave_stops_the_server(person: Person, data_dir: Path, asks: Asks) -> None:
    first = person.enter(data_dir)
    second = person.enter(data_dir)
    assert (second.pid, second.dsn) == (first.pid, first.dsn)
    first.leave()
    assert asks(second.dsn, "SELECT 1") == "1"
    assert (data_dir / "postgres.pid").exists()
    second.leave()
    assert not alive(second.pid)


def test_all_may_come_at_once(person: Person, new_data_dir: Path) -> None:
    users = [person.begin(new_data_dir) for _ in range(4)]
    for user in users:
        user.hear()
    assert [user.failed for user in users] == [""] * 4
    assert len({user.pid for user in users}) == 1
    for user in users:
        user.tell("leave")
    assert [user.hear() for user in users] == [{"left": True}] * 4
    assert not alive(users[0].pid)


def test_a_killed_user_counts_no_longer(person: Person, data_dir: Path) -> None:
    first = person.enter(data_dir)
    second = person.enter(data_dir)
    first.kill()
    assert alive(second.pid)
    second.leave()
    assert not alive(second.pid)


def test_a_server_that_outlived_its_users_is_adopted(person: Person, data_dir: Path) -> None:
    first = person.enter(data_dir)
    first.kill()
    assert alive(first.pid)
    second = person.enter(data_dir)
    assert (second.pid, second.dsn) == (first.pid, first.dsn)
    second.leave()
    assert not alive(first.pid)


def test_ctrl_c_reaches_the_user_and_not_the_server(person: Person, data_dir: Path, asks: Asks) -> None:
    first = person.enter(data_dir)
    second = person.enter(data_dir)
    os.killpg(first.process.pid, signal.SIGINT)
    assert first.process.wait(10) != 0
    assert asks(second.dsn, "SELECT 1") == "1"
    assert not second.ensure_running()
    second.leave()


def test_an_interrupted_user_leaves_as_the_last_one(person: Person, data_dir: Path) -> None:
    only = person.enter(data_dir)
    os.killpg(only.process.pid, signal.SIGINT)
    assert only.process.wait(10) != 0
    assert not alive(only.pid)
    assert not (data_dir / "postgres.pid").exists()
