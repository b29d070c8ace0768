"""A server that was killed is started again with all that was committed, whatever it left behind."""

import os
import signal
import subprocess
from pathlib import Path

from adapters.embedded_postgres.processes import wait_until
from tests.adapters.embedded_postgres.people import KEPT, Asks, Clients, Person, alive, kill_server

BUSY = "DO $$ BEGIN LOOP END LOOP; END $$"  # never looks whether its postmaster lives


def test_a_user_notices_and_starts_it_again_in_place(person: Person, data_dir: Path, asks: Asks) -> None:
    user = person.enter(data_dir)
    pid, dsn = user.pid, user.dsn
    asks(dsn, KEPT)
    assert not user.ensure_running()
    kill_server(user)
    assert user.ensure_running()
    assert user.dsn == dsn
    assert user.pid != pid
    assert (data_dir / "postgres.pid").read_text() == f"{user.pid}\n"
    assert asks(dsn, "SELECT answer FROM kept") == "42"
    user.leave()


def test_of_several_who_notice_one_starts_it(person: Person, data_dir: Path) -> None:
    users = [person.enter(data_dir) for _ in range(3)]
    kill_server(users[0])
    for user in users:
        user.tell("ensure")
    assert [user.hear()["died"] for user in users] == [True] * 3
    assert len({user.pid for user in users}) == 1
    users[0].leave()
    assert not users[1].ensure_running()
    users[1].leave()
    users[2].leave()
    assert not alive(users[2].pid)


def test_server_and_users_were_killed(person: Person, data_dir: Path, asks: Asks) -> None:
    first = person.enter(data_dir, durable=True)
    asks(first.dsn, KEPT)
    kill_server(first)
    first.kill()
    second = person.enter(data_dir, durable=True)
    assert second.pid != first.pid
    assert asks(second.dsn, "SELECT answer FROM kept") == "42"
    second.leave()


def test_a_backend_that_outlived_its_server_is_ended(person: Person, data_dir: Path, clients: Clients) -> None:
    user = person.enter(data_dir)
    left_over = clients(user.dsn, BUSY)
    kill_server(user)
    assert alive(left_over.backend)
    assert user.ensure_running()
    assert not alive(left_over.backend)
    user.leave()


def test_a_lock_file_whose_pid_went_to_a_stranger_is_no_lock(person: Person, data_dir: Path) -> None:
    """PostgreSQL itself would refuse: a process of the same account has the number that the lock file names."""
    first = person.enter(data_dir)
    kill_server(first)
    first.kill()
    data = person.home(data_dir) / "data"
    owner, lock = data.stat(), data / "postmaster.pid"
    with subprocess.Popen(["sleep", "60"], user=owner.st_uid, group=owner.st_gid) as stranger:
        lock.write_text(lock.read_text().replace(str(first.pid), str(stranger.pid), 1))
        second = person.enter(data_dir)
        assert stranger.poll() is None, "the stranger is left alone"
        assert second.pid != stranger.pid
        second.leave()
        stranger.kill()


def test_a_start_that_was_killed_half_way_is_made_good(person: Person, new_data_dir: Path) -> None:
    """Killed while initdb or the server comes up, wherever that is: the next one gets a whole cluster."""
    for _ in range(3):
        beginner = person.begin(new_data_dir)
        wait_for_home(person, new_data_dir)
        beginner.kill()
    user = person.enter(new_data_dir)
    home = person.home(new_data_dir)
    assert [path.name for path in home.iterdir() if path.name.startswith("new-")] == []
    user.leave()


def wait_for_home(person: Person, new_data_dir: Path) -> None:
    def is_there() -> bool:
        marked = (new_data_dir / "postgres.home").exists() or not person.is_root
        return marked and new_data_dir.exists() and person.home(new_data_dir).exists()

    assert wait_until(is_there, 10)


def test_a_server_that_was_stopped_by_hand_is_started_again(person: Person, data_dir: Path) -> None:
    user = person.enter(data_dir)
    first = user.pid
    os.kill(first, signal.SIGTERM)
    assert wait_until(lambda: not alive(first), 10)
    assert user.ensure_running()
    user.leave()
