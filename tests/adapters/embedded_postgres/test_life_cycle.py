"""From the first start to the last stop, for root and for an ordinary user."""

import stat
import time
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url

from adapters.embedded_postgres import EmbeddedPostgres
from tests.adapters.embedded_postgres.people import KEPT, Asks, Clients, Person, alive

DEBIANS = Path("/usr/lib/postgresql/15/bin")
AT_MOST = 10.0  # seconds, within which SIGTERM ends everything; on an idle machine a start or a stop takes 0.1


def test_the_server_runs_while_it_is_used(person: Person, data_dir: Path, asks: Asks) -> None:
    user = person.enter(data_dir)
    assert alive(user.pid)
    assert asks(
        user.dsn, "SELECT current_user, current_database(), rolsuper FROM pg_roles WHERE rolname = 'guanjia'"
    ) == ("guanjia|guanjia|t")
    user.leave()
    assert not alive(user.pid)


def test_the_pid_file_holds_the_servers_pid_while_it_runs(person: Person, data_dir: Path) -> None:
    user = person.enter(data_dir)
    assert (data_dir / "postgres.pid").read_text() == f"{user.pid}\n"
    user.leave()
    assert not (data_dir / "postgres.pid").exists()


def test_data_stay_from_one_start_to_the_next(person: Person, data_dir: Path, asks: Asks) -> None:
    first = person.enter(data_dir)
    asks(first.dsn, KEPT)
    first.leave()
    second = person.enter(data_dir)
    assert asks(second.dsn, "SELECT answer FROM kept") == "42"
    assert second.dsn == first.dsn
    second.leave()


def test_starting_and_stopping_take_a_moment(person: Person, data_dir: Path) -> None:
    person.enter(data_dir).leave()
    began = time.monotonic()
    user = person.enter(data_dir)
    entered = time.monotonic()
    user.leave()
    assert entered - began < AT_MOST
    assert time.monotonic() - entered < AT_MOST


def test_the_server_is_stopped_in_order(person: Person, data_dir: Path, asks: Asks) -> None:
    """So that the next start has nothing to recover."""
    person.enter(data_dir).leave()
    user = person.enter(data_dir)
    log = person.home(data_dir) / "data" / asks(user.dsn, "SELECT pg_current_logfile()")
    user.leave()
    assert "database system is shut down" in log.read_text().splitlines()[-1]


def test_a_stop_waits_for_no_client(person: Person, data_dir: Path, clients: Clients) -> None:
    user = person.enter(data_dir)
    client = clients(user.dsn, "SELECT pg_sleep(60)")
    began = time.monotonic()
    user.leave()
    assert time.monotonic() - began < AT_MOST
    assert client.process.wait(AT_MOST) != 0


def test_every_path_is_good_enough(person: Person, clone: Path, asks: Asks) -> None:
    """Too long for a socket, with spaces, quotes, and characters that mean something to a shell or in an address."""
    odd = clone / "管家 'of' \"many\" $HOME, a=b&c?d:e%20"
    user = person.enter(person.folder(odd) / ("long" * 30) / ".guanjia")
    assert len(user.dsn.partition("host=")[2].partition("&")[0]) < 100
    assert asks(user.dsn, "SELECT 1") == "1"
    user.leave()


def test_nobody_else_can_reach_the_cluster(person: Person, data_dir: Path) -> None:
    person.enter(data_dir).leave()
    data_dir.chmod(0o755)
    user = person.enter(data_dir)
    socket = Path(user.dsn.partition("host=")[2].partition("&")[0])
    for private in (socket, person.home(data_dir) / "data", person.home(data_dir) / "log"):
        assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert stat.S_IMODE(data_dir.stat().st_mode) == 0o755, "a folder that was there is left as it is"
    user.leave()


SET = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "listen_addresses": "",
    "server_encoding": "UTF8",
    "TimeZone": "UTC",
    "jit": "off",
    "data_checksums": "on",
}


def test_it_is_set_to_keep_what_is_committed(person: Person, data_dir: Path, asks: Asks) -> None:
    user = person.enter(data_dir, durable=True)
    assert settings(asks, user.dsn) == SET
    assert asks(user.dsn, "SHOW server_version").partition(".")[0] == "18"
    user.leave()


@pytest.mark.skipif(not DEBIANS.is_dir(), reason="Debian's PostgreSQL 15 is not installed")
def test_another_installation_can_be_named(ordinary_user: Person, shared: Path, asks: Asks) -> None:
    user = ordinary_user.enter(ordinary_user.folder(shared / "debian"), bin_dir=DEBIANS, durable=True)
    assert settings(asks, user.dsn) == SET
    assert asks(user.dsn, "SHOW server_version").partition(".")[0] == "15"
    user.leave()


def settings(asks: Asks, dsn: str) -> dict[str, str]:
    names = ", ".join(f"'{name}'" for name in SET)
    shown = asks(dsn, f"SELECT name || '=' || setting FROM pg_settings WHERE name IN ({names})")  # noqa: S608 - our own names
    return dict(line.split("=") for line in shown.splitlines())


def test_text_is_sorted_by_its_bytes(person: Person, data_dir: Path, asks: Asks) -> None:
    """So that an index built here is right on every machine."""
    user = person.enter(data_dir)
    assert asks(user.dsn, "SELECT datcollate || datctype FROM pg_database WHERE datname = 'guanjia'") == "CC"
    user.leave()


def test_the_server_writes_a_log(person: Person, data_dir: Path, asks: Asks) -> None:
    user = person.enter(data_dir)
    log = person.home(data_dir) / "data" / asks(user.dsn, "SELECT pg_current_logfile()")
    assert log.resolve().parent == person.home(data_dir) / "log"
    assert "ready to accept connections" in log.read_text()
    user.leave()


async def test_the_address_serves_asyncpg_and_sqlalchemy(shared: Path) -> None:
    with EmbeddedPostgres(shared / "asked", state_dir=shared / "state", fast_for_tests=True) as server:
        connection = await asyncpg.connect(server.dsn)
        assert await connection.fetchval("SHOW fsync") == "off"
        await connection.close()
        url = make_url(server.dsn).set(drivername="postgresql+asyncpg")
        _, understood = url.get_dialect()().create_connect_args(url)
        connection = await asyncpg.connect(**understood)
        assert await connection.fetchval("SELECT current_user") == "guanjia"
        await connection.close()


def test_outside_the_block_there_is_no_server(shared: Path) -> None:
    server = EmbeddedPostgres(shared / "never", state_dir=shared / "state")
    with pytest.raises(RuntimeError, match="inside"):
        _ = server.dsn
